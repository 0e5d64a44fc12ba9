package io.synapse.sdk.experiments.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.NotedEvents;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.file.FilePart;
import io.synapse.sdk.experiments.internal.file.FileSync;
import io.synapse.sdk.experiments.internal.file.HashCache;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import io.synapse.sdk.experiments.internal.metric.Curves;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIndexerTest {
    @TempDir
    Path folder;

    private Database database;
    private RunScan scan;
    private Runs runs;
    private FileSync sync;
    private final NotedEvents events = new NotedEvents();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, JobLookup.Job> jobs = new ConcurrentHashMap<>();

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        start();
        Files.createDirectories(folder.resolve("logs/demo"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void start() throws IOException {
        Jdbi jdbi = database.jdbi();
        ExperimentFolders folders = new ExperimentFolders(folder.toRealPath());
        HashCache hashes = new HashCache();
        MetricStore metrics = new MetricStore();
        JobLookup lookup = uid -> Optional.ofNullable(jobs.get(uid));
        RunningTime time = new RunningTime(jdbi, nanos::get);
        RunIndexer indexer =
                new RunIndexer(jdbi, folders, hashes, metrics, lookup, events, time, InstantSource.system());
        scan = new RunScan(jdbi, folders, indexer);
        runs = new Runs(jdbi, folders, metrics, indexer, scan);
        sync = new FileSync(jdbi, folders, hashes, lookup, events, indexer);
    }

    @Test
    void aFileThatIsRewrittenCutAndContinuedHasEachRowOnceAfterEachLook() throws IOException {
        String whole = "step,loss\n1,0.5\n2,0.25\n3,0.125\n";
        for (int cut = 0; cut <= whole.length(); cut++) {
            write("run.csv", whole.substring(0, cut));
            scan.all();
            long newlines =
                    whole.substring(0, cut).chars().filter(c -> c == '\n').count();
            assertThat(steps("run")).as("cut at %s", cut).hasSize((int) Math.max(0, newlines - 1));
            start();
            write("run.csv", whole);
            scan.all();
            scan.all();
            assertThat(steps("run")).as("after a cut at %s", cut).containsExactly(1, 2, 3);
        }
        write("run.csv", "step,loss,acc\n1,0.5,\n2,0.25,0.75\n");
        scan.all();
        assertThat(steps("run")).containsExactly(1, 2);
        assertThat(runs.get("demo", "run").columns()).containsExactly("step", "loss", "acc");
    }

    @Test
    void aLargeFileIsReadInSeveralTransactions() throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve("logs/demo/large.csv"))) {
            file.write("step,loss\n");
            for (int row = 0; row < 600_000; row++) {
                file.write(row + "," + row + "\n");
            }
        }
        scan.all();

        assertThat(steps("large"))
                .isEqualTo(IntStream.range(0, 600_000).asDoubleStream().toArray());
        assertThat(runs.get("demo", "large").rows()).isEqualTo(600_000);
    }

    @Test
    void aRunOfManyColumnsIsReadAndItsRowsAreNotInEvents() throws IOException {
        int columns = 5_000;
        StringBuilder text = new StringBuilder("step");
        for (int column = 0; column < columns; column++) {
            text.append(",m").append(column);
        }
        for (int row = 0; row < 3; row++) {
            text.append('\n').append(row).append((",0." + row).repeat(columns));
        }
        write("wide.csv", text + "\n");
        scan.all();

        Curves curves = runs.curves(runs.get("demo", "wide"), List.of());
        assertThat(curves.values()).hasSize(columns);
        assertThat(curves.curve("m4999").steps()).hasSize(3);
        assertThat(events.noted())
                .filteredOn(event -> event.startsWith("metric_update"))
                .allMatch(event -> event.length() < 1000);
    }

    @Test
    void aConfigThatIsTooLargeIsNotReadAndKeepsNoRunFromBeingRead() throws IOException {
        write("run.csv", "step,loss\n1,0.5\n");
        try (RandomAccessFile config =
                new RandomAccessFile(folder.resolve("logs/demo/run.yaml").toFile(), "rw")) {
            config.setLength(3L << 30); // of zeros, which take no place on the disk; more than an array can have
        }
        scan.all();

        assertThat(steps("run")).containsExactly(1);
        assertThat(runs.get("demo", "run").hyperparameters()).isEmpty();
    }

    @Test
    void whatIsNotShownOfATableIsAWarningOfTheRun() throws IOException {
        write("run.csv", "step,loss\n1,0.5,3\n2,small\n");
        scan.all();

        assertThat(runs.get("demo", "run").warnings())
                .containsExactly(
                        "rows have more cells than the header: the further cells were dropped",
                        "cells that are text and no number have no value");
    }

    @Test
    void theStatusFollowsTheFilesAndTheTime() throws IOException {
        write("empty.csv", "");
        write("going.csv", "epoch,loss\n1,0.5\n");
        write("going.yaml", "epochs: 2\n");
        write("done.csv", "epoch,loss\n1,0.5\n2,0.5\n");
        write("done_config.yaml", "num_epochs: 2\n");
        scan.all();
        assertThat(statuses()).isEqualTo(Map.of("empty", "failed", "going", "running", "done", "completed"));

        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        scan.all();
        assertThat(statuses()).containsEntry("going", "running");
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        scan.all();
        assertThat(statuses()).containsEntry("going", "terminated");

        Files.writeString(folder.resolve("logs/demo/going.csv"), "2,0.25\n", StandardOpenOption.APPEND);
        scan.all();
        assertThat(statuses()).containsEntry("going", "completed");
        assertThat(events.noted()).anyMatch(event -> event.startsWith("run_update") && event.contains("\"modified\""));
    }

    @Test
    void aRunOfAJobHasTheStateOfTheJobAndCountsItsLastLineWhenThatIsOver() throws IOException {
        jobs.put("j1", new JobLookup.Job("j1", "demo", 1, "running"));
        byte[] bytes = "step,loss\n1,0.5\n2,0.25".getBytes(StandardCharsets.UTF_8);
        sync.addToRun("j1", "run.csv", new FilePart(bytes, null, null, false, null, null, 1));
        assertThat(runs.get("demo", "run").status()).isEqualTo("running");
        assertThat(steps("run")).containsExactly(1);

        jobs.put("j1", new JobLookup.Job("j1", "demo", 1, "completed"));
        scan.all();
        assertThat(runs.get("demo", "run").status()).isEqualTo("completed");
        assertThat(runs.get("demo", "run").jobUid()).isEqualTo("j1");
        assertThat(steps("run")).containsExactly(1, 2);
    }

    /** The same size and, as far as the file system tells, the same time of change: only the bytes read before differ. */
    @Test
    void theBeginningOfAFileThatOnlyPartsOfItsJobMadeLongerIsNotReadAgain() throws IOException {
        jobs.put("j1", new JobLookup.Job("j1", "demo", 1, "running"));
        add("", "step,loss\n1,0.5\n");
        Path file = folder.resolve("logs/demo/run.csv");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "step,loss\n1,0.7\n");
        Files.setLastModifiedTime(file, time);

        add("step,loss\n1,0.5\n", "2,0.25\n");

        assertThat(losses()).containsExactly(0.5, 0.25);
    }

    @Test
    void aFileThatAnotherProgramChangedBetweenPartsIsReadAnew() throws IOException {
        jobs.put("j1", new JobLookup.Job("j1", "demo", 1, "running"));
        add("", "step,loss\n1,0.5\n");
        Path file = folder.resolve("logs/demo/run.csv");
        Files.writeString(file, "step,loss\n1,0.7\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));

        add("step,loss\n1,0.7\n", "2,0.25\n");

        assertThat(losses()).containsExactly(0.7, 0.25);
    }

    @Test
    void aFileThatItsWorkerReplacedIsReadAnewAlsoWhenItIsNotShorter() throws IOException {
        jobs.put("j1", new JobLookup.Job("j1", "demo", 1, "running"));
        add("", "step,loss\n1,0.5\n");
        add("step,loss\n1,0.5\n", "2,0.25\n");
        sync.addToRun("j1", "run.csv", part("", "step,loss\n1,0.7\n2,0.6\n3,0.5\n", true));
        assertThat(losses()).containsExactly(0.7, 0.6, 0.5);

        add("step,loss\n1,0.7\n2,0.6\n3,0.5\n", "4,0.4\n");
        assertThat(losses()).containsExactly(0.7, 0.6, 0.5, 0.4);

        Files.delete(folder.resolve("logs/demo/run.csv"));
        add("", "step,loss\n1,0.1\n2,0.2\n3,0.3\n4,0.4\n5,0.5\n");
        assertThat(losses()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5);
    }

    @Test
    void theRecordOfAFileThatDoesNotChangeIsNotWrittenAgain() throws IOException {
        write("run.csv", "step,loss\n1,0.5\n");
        Files.setLastModifiedTime(
                folder.resolve("logs/demo/run.csv"), FileTime.from(Instant.now().minusSeconds(60)));
        scan.all();
        RunRecord before = runs.get("demo", "run");
        assertThat(before.status()).isEqualTo("running");

        scan.all();

        assertThat(runs.get("demo", "run").updatedAt()).isEqualTo(before.updatedAt());
    }

    private void add(String before, String text) {
        sync.addToRun("j1", "run.csv", part(before, text, false));
    }

    private static FilePart part(String before, String text, boolean isReplacement) {
        String prefixHash = ContentHash.of(before.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FilePart(bytes, (long) before.length(), prefixHash, isReplacement, null, null, 1);
    }

    private double[] losses() {
        return runs.curves(runs.get("demo", "run"), List.of()).values().get("loss");
    }

    @Test
    void valuesThatAreNotFiniteAreCountedAndHideNoOtherRun() throws IOException {
        write("bad.csv", "step,loss,empty\n1,nan,\n2,0.5,\n3,1e400,\n4,-inf,\n");
        write("good.csv", "step,loss\n1,0.5\n");
        scan.all();

        var finals = runs.get("demo", "bad").finals();
        assertThat(finals).isNotNull();
        assertThat(finals.path("not_finite").path("loss").asInt()).isEqualTo(3);
        assertThat(finals.path("mean_metrics").path("loss").asDouble()).isEqualTo(0.5);
        assertThat(finals.path("final_metrics").has("empty")).isFalse();
        assertThat(runs.queries().runs("demo", RunOrder.NEWEST, 10, null).items())
                .hasSize(2);
    }

    @Test
    void notesAndTagsSurviveTheLossAndTheReturnOfTheFiles() throws IOException {
        write("run.csv", "step,loss\n1,0.5\n");
        scan.all();
        runs.setNotes("demo", "run", "first");
        runs.setTags("demo", "run", List.of("x"));
        Files.delete(folder.resolve("logs/demo/run.csv"));
        scan.all();
        assertThat(runs.queries().find("demo", "run")).isEmpty();

        write("run.csv", "step,loss\n1,0.5\n");
        scan.all();
        assertThat(runs.get("demo", "run").notes()).isEqualTo("first");
        assertThat(runs.tags("demo")).containsExactly("x");
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> runs.setNotes("demo", "run", "x".repeat(2001)));
    }

    @Test
    void aRunIsDeletedWithItsFilesButNotWhileItIsRunning() throws IOException {
        write("run.csv", "step,loss\n1,0.5\n");
        write("run.yaml", "lr: 0.1\n");
        write("run2.csv", "step,loss\n1,0.5\n");
        scan.all();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> runs.delete("demo", "run"))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(409));

        nanos.addAndGet(Duration.ofHours(2).toNanos());
        scan.all();
        runs.delete("demo", "run");
        scan.all();

        assertThat(folder.resolve("logs/demo/run.csv")).doesNotExist();
        assertThat(folder.resolve("logs/demo/run.yaml")).doesNotExist();
        assertThat(statuses()).containsOnlyKeys("run2");
    }

    @Test
    void linksAndNamesThatNoRunCanHaveAreNotRead() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret.csv"), "step,loss\n1,0.5\n");
        Files.createSymbolicLink(folder.resolve("logs/linked"), outside);
        Files.createSymbolicLink(folder.resolve("logs/demo/link.csv"), outside.resolve("secret.csv"));
        Files.writeString(outside.resolve("secret.yaml"), "lr: 0.1\n");
        Files.createSymbolicLink(folder.resolve("logs/demo/other.yaml"), outside.resolve("secret.yaml"));
        write("checkpoint_1.pt", "x");
        write(".hidden.csv", "step,loss\n1,0.5\n");
        write("a..b.csv", "step,loss\n1,0.5\n");
        scan.all();

        assertThat(runs.queries().projects(10, null).items()).isEmpty();
    }

    @Test
    void runsAreSortedByAMetricAndPagesHaveEachRunOnce() throws IOException {
        for (int run = 0; run < 25; run++) {
            boolean hasMetric = run % 5 != 0;
            write(
                    "r" + run + ".csv",
                    "step," + (hasMetric ? "loss" : "acc") + "\n1," + run % 7 + "\n2," + run % 3 + "\n");
        }
        scan.all();
        for (String which : List.of("final", "min", "max", "mean")) {
            for (String order : List.of("asc", "desc")) {
                RunOrder by = RunOrder.of("metric:loss:" + which, order);
                List<String> paged = new ArrayList<>();
                @Nullable String cursor = null;
                do {
                    RunQueries.Page<RunRecord> page = runs.queries().runs("demo", by, 4, cursor);
                    page.items().forEach(run -> paged.add(run.name()));
                    assertThat(page.total()).isEqualTo(25);
                    cursor = page.nextCursor();
                } while (cursor != null);
                List<String> atOnce = runs.queries().runs("demo", by, 100, null).items().stream()
                        .map(RunRecord::name)
                        .toList();
                assertThat(paged).hasSize(25).isEqualTo(atOnce);
                Set<String> last = new HashSet<>(atOnce.subList(20, 25));
                assertThat(last).as("without the metric").isEqualTo(Set.of("r0", "r5", "r10", "r15", "r20"));
            }
        }
        List<Double> sorted =
                runs.queries().runs("demo", RunOrder.of("metric:loss:max", "desc"), 20, null).items().stream()
                        .map(run -> run.finals() == null
                                ? Double.NaN
                                : run.finals().path("max_metrics").path("loss").asDouble())
                        .toList();
        assertThat(sorted).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("logs/demo").resolve(name), text);
    }

    private double[] steps(String run) {
        return runs.queries()
                .find("demo", run)
                .map(found -> runs.curves(found, List.of()).steps())
                .orElse(new double[0]);
    }

    private Map<String, String> statuses() {
        Map<String, String> statuses = new ConcurrentHashMap<>();
        runs.queries()
                .runs("demo", RunOrder.NEWEST, 100, null)
                .items()
                .forEach(run -> statuses.put(run.name(), run.status()));
        return statuses;
    }
}
