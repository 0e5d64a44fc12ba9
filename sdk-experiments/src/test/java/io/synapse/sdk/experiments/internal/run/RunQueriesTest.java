package io.synapse.sdk.experiments.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunQueriesTest {
    private static final int RUNS = 60;

    @TempDir
    Path folder;

    private Database database;
    private Jdbi jdbi;
    private final MetricStore metrics = new MetricStore();

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        jdbi = database.jdbi();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Small pages are read by the index of last values, which is shared with other projects; all at once are not. */
    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void smallPagesByAMetricHaveTheSameOrderAsAllAtOnce(String direction) {
        for (int number = 0; number < RUNS; number++) {
            boolean hasValue = number % 4 != 0;
            insert("demo", number, hasValue ? Double.valueOf(number % 7) : null);
            if (number < RUNS / 2) {
                insert("other", number, number % 5 - 2.0);
            }
        }
        RunOrder order = RunOrder.of("metric:loss:final", direction);
        RunQueries queries = new RunQueries(jdbi, metrics);
        List<String> all = names(queries.runs("demo", order, RUNS, null));

        List<String> paged = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            RunQueries.Page<RunRecord> page = queries.runs("demo", order, 2, cursor);
            paged.addAll(names(page));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(all).hasSize(RUNS).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(all);
        assertThat(all.get(0)).isEqualTo(direction.equals("asc") ? "run-7" : "run-55");
    }

    private static List<String> names(RunQueries.Page<RunRecord> page) {
        return page.items().stream().map(RunRecord::name).toList();
    }

    private void insert(String project, int number, @Nullable Double loss) {
        jdbi.useTransaction(transaction -> {
            RunRecord run =
                    RunRecords.insert(transaction, project, "run-" + number, RunRecord.Source.FILE, Instant.EPOCH, 0);
            if (loss != null) {
                RowBlock.Builder rows = new RowBlock.Builder(List.of("loss"));
                rows.addRow(0);
                rows.set(0, loss);
                metrics.append(transaction, run.id(), rows.take());
                metrics.summarize(transaction, run.id());
            }
        });
    }
}
