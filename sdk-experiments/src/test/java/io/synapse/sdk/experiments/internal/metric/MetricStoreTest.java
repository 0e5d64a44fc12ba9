package io.synapse.sdk.experiments.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricStoreTest {
    @TempDir
    Path folder;

    private Database database;
    private Jdbi jdbi;
    private final MetricStore store = new MetricStore();

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        jdbi = database.jdbi();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rowsAreTheSameWhetherTheyCameOneByOneOrTogether() {
        append(1, 5000, 1);
        append(2, 5000, 5000);
        append(3, 5000, 700);
        jdbi.useTransaction(transaction -> store.finish(transaction, 3));

        for (long run = 1; run <= 3; run++) {
            Curves curves = curves(run, List.of("loss", "sparse", "none"));
            assertThat(curves.steps())
                    .isEqualTo(IntStream.range(0, 5000).asDoubleStream().toArray());
            assertThat(curves.curve("loss").values())
                    .isEqualTo(IntStream.range(0, 5000)
                            .mapToDouble(row -> row / 4.0)
                            .toArray());
            assertThat(curves.curve("sparse").steps()).containsExactly(0, 1000, 2000, 3000, 4000);
            assertThat(curves.values()).doesNotContainKey("none");
            assertThat(behind()).doesNotContain(2L, 3L);
        }
    }

    @Test
    void theSummaryIsOfTheFiniteValuesAndCountsTheOthers() {
        RowBlock.Builder rows = new RowBlock.Builder(List.of("loss", "nothing", "bad"));
        double[] values = {2, Double.NaN, -4, Double.POSITIVE_INFINITY, 5, Double.NaN};
        for (int row = 0; row < values.length; row++) {
            rows.addRow(row);
            rows.set(0, values[row]);
            rows.set(2, Double.NaN);
            RowBlock block = rows.take();
            jdbi.useTransaction(transaction -> store.append(transaction, 7, block));
            if (row % 2 == 0) {
                jdbi.useTransaction(transaction -> store.summarize(transaction, 7));
            }
        }
        assertThat(behind()).containsExactly(7L);
        jdbi.useTransaction(transaction -> store.finish(transaction, 7));
        assertThat(behind()).isEmpty();

        assertThat(summaries(7))
                .containsExactly(
                        new Summary("loss", 3, Double.NaN, -4.0, 5.0, 1.0, 3),
                        new Summary("bad", 0, Double.NaN, null, null, null, 6));
        assertThat(curves(7, List.of("loss")).values().get("loss")).isEqualTo(values);
    }

    @Test
    void manyRowsAfterAFewTakeThemAlongIntoChunksAndIntoTheSummary() {
        append(1, 10, 1);
        append(1, 300, 300);

        assertThat(summaries(1)).extracting(Summary::count).containsExactly(310L, 2L);
        List<Long> left = jdbi.withHandle(handle ->
                handle.createQuery("SELECT row FROM tail").mapTo(Long.class).list());
        assertThat(left).isEmpty();
        assertThat(curves(1, List.of("loss")).curve("loss").size()).isEqualTo(310);
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNoRowAndNoMetricBehind() {
        jdbi.useTransaction(transaction -> {
            store.append(transaction, 1, block("first"));
            transaction.rollback();
        });
        jdbi.useTransaction(transaction -> store.append(transaction, 2, block("second")));
        jdbi.useTransaction(transaction -> store.append(transaction, 2, block("first")));

        jdbi.useTransaction(transaction -> store.summarize(transaction, 2));

        assertThat(curves(1, List.of("first")).rows()).isZero();
        assertThat(curves(2, List.of("first", "second")).rows()).isEqualTo(2);
        assertThat(summaries(2)).extracting(Summary::metric).containsExactly("second", "first");
    }

    @Test
    void rowsOfOneMetricEachDoNotTakeThePlaceOfAllMetricsInEachRow() {
        jdbi.useTransaction(transaction -> {
            for (int row = 0; row < 2048; row++) {
                store.append(transaction, 1, block("metric " + row));
            }
            store.finish(transaction, 1);
        });

        assertThat(curves(1, List.of("metric 0", "metric 2047")).rows()).isEqualTo(2048);
        assertThat(curves(1, List.of("metric 1500")).curve("metric 1500").values())
                .containsExactly(2);
        long bytes = jdbi.withHandle(handle -> handle.createQuery("SELECT sum(length(doubles)) FROM chunk")
                .mapTo(Long.class)
                .one());
        assertThat(bytes).as("one block of all would have 32 MiB").isLessThan(17 << 20);
        assertThat(summaries(1)).hasSize(2048).allMatch(summary -> summary.last() == 2);
    }

    @Test
    void rowsOfManyMetricsAreInChunksBeforeTheyAreMany() {
        List<String> metrics =
                IntStream.range(0, 10_000).mapToObj(metric -> "m" + metric).toList();
        double[][] values = IntStream.range(0, 10_000)
                .mapToObj(metric -> new double[] {metric})
                .toArray(double[][]::new);
        for (int row = 0; row < 150; row++) {
            RowBlock block = new RowBlock(metrics, new double[] {row}, values);
            jdbi.useTransaction(transaction -> store.append(transaction, 1, block));
        }

        long rows = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM tail")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isLessThan(104);
        Curves curves = curves(1, metrics);
        assertThat(curves.rows()).isEqualTo(150);
        assertThat(curves.curve("m9999").values()).hasSize(150).containsOnly(9999);
    }

    @Test
    void theSumOfValuesThatAreTooLargeToBeAddedIsANumber() {
        for (double value : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}) {
            RowBlock block =
                    new RowBlock(List.of("loss"), new double[] {1, 2, 3}, new double[][] {{value, value, value}});
            jdbi.useTransaction(transaction -> {
                store.append(transaction, 1, block);
                store.summarize(transaction, 1);
            });
        }

        assertThat(summaries(1))
                .containsExactly(
                        new Summary("loss", 6, -Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, 0.0, 0));
    }

    /** Statements stay with a connection, and with them what was to be executed when it failed. */
    @Test
    void aFailureLeavesNothingForTheNext() {
        RowBlock broken = new RowBlock(List.of("loss"), new double[] {0, 1}, new double[][] {{7}});
        assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
                .isThrownBy(() -> jdbi.useTransaction(transaction -> store.append(transaction, 1, broken)));
        assertThat(curves(1, List.of("loss")).rows()).isZero();

        append(2, 3, 1);
        append(1, 2, 1);

        assertThat(curves(1, List.of("loss")).curve("loss").values()).containsExactly(0, 0.25);
        assertThat(curves(2, List.of("loss")).curve("loss").values()).containsExactly(0, 0.25, 0.5);
    }

    @Test
    void aClearedRunHasNothing() {
        append(1, 5000, 999);
        jdbi.useTransaction(transaction -> store.clear(transaction, 1));

        assertThat(curves(1, List.of("loss")).rows()).isZero();
        assertThat(summaries(1)).isEmpty();
    }

    private List<Long> behind() {
        return jdbi.withHandle(store::behind);
    }

    private List<Summary> summaries(long run) {
        return jdbi.withHandle(handle -> store.summaries(handle, run));
    }

    private Curves curves(long run, List<String> metrics) {
        return jdbi.withHandle(handle -> store.curves(handle, run, metrics));
    }

    private static RowBlock block(String metric) {
        return new RowBlock(List.of(metric), new double[] {1}, new double[][] {{2}});
    }

    /** Row i has loss i/4, and every thousandth a value of sparse. */
    private void append(long run, int count, int atOnce) {
        RowBlock.Builder rows = new RowBlock.Builder(List.of("loss", "sparse"));
        jdbi.useTransaction(transaction -> {
            for (int row = 0; row < count; row++) {
                rows.addRow(row);
                rows.set(0, row / 4.0);
                if (row % 1000 == 0) {
                    rows.set(1, row);
                }
                if (rows.rows() == atOnce) {
                    store.append(transaction, run, rows.take());
                }
            }
            store.append(transaction, run, rows.take());
        });
    }
}
