package io.synapse.sdk.experiments.internal.run;

import static org.awaitility.Awaitility.await;

import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.experiments.internal.NotedEvents;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.file.HashCache;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWatcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void changesAreSeenLongBeforeTheNextLookAtAllFiles() throws Exception {
        try (CloseStack open = new CloseStack()) {
            Jdbi jdbi = open.add(TestDatabase.open(folder)).jdbi();
            ExperimentFolders folders = new ExperimentFolders(folder.toRealPath());
            MetricStore metrics = new MetricStore();
            RunIndexer indexer = indexer(jdbi, folders, metrics);
            RunScan scan = new RunScan(jdbi, folders, indexer);
            RunQueries runs = new RunQueries(jdbi, metrics);
            Path project = Files.createDirectory(folders.logs().resolve("demo"));
            Files.writeString(project.resolve("before.csv"), "step,loss\n1,0.5\n");
            open.add(new LogWatcher(folders, indexer, scan, Duration.ofDays(1), System::nanoTime));
            await().atMost(PATIENCE).until(() -> rows(runs, "demo", "before") == 1);

            Files.writeString(project.resolve("before.csv"), "2,0.25\n", StandardOpenOption.APPEND);
            Files.writeString(project.resolve("new.csv"), "step,loss\n1,0.5\n");
            Path later = Files.createDirectory(folders.logs().resolve("later"));
            Files.writeString(later.resolve("run.csv"), "step,loss\n1,0.5\n");

            await().atMost(PATIENCE).until(() -> rows(runs, "demo", "before") == 2);
            await().atMost(PATIENCE).until(() -> rows(runs, "demo", "new") == 1);
            await().atMost(PATIENCE).until(() -> rows(runs, "later", "run") == 1);
            Files.delete(project.resolve("new.csv"));
            await().atMost(PATIENCE).until(() -> rows(runs, "demo", "new") == -1);
        }
    }

    @Test
    void recordsThatCannotBeReadForAWhileDoNotEndTheWatch() throws Exception {
        try (CloseStack open = new CloseStack()) {
            Jdbi jdbi = open.add(TestDatabase.open(folder)).jdbi();
            ExperimentFolders folders = new ExperimentFolders(folder.toRealPath());
            MetricStore metrics = new MetricStore();
            RunIndexer indexer = indexer(jdbi, folders, metrics);
            RunScan scan = new RunScan(jdbi, folders, indexer);
            RunQueries runs = new RunQueries(jdbi, metrics);
            jdbi.useHandle(handle -> handle.execute("ALTER TABLE run RENAME TO away"));
            AtomicLong looks = new AtomicLong();
            LongSupplier nanos = () -> {
                looks.incrementAndGet();
                return System.nanoTime();
            };
            open.add(new LogWatcher(folders, indexer, scan, Duration.ofMillis(100), nanos));
            await().atMost(PATIENCE).until(() -> looks.get() > 2); // the first look at all files is over

            jdbi.useHandle(handle -> handle.execute("ALTER TABLE away RENAME TO run"));
            Path project = Files.createDirectory(folders.logs().resolve("demo"));
            Files.writeString(project.resolve("run.csv"), "step,loss\n1,0.5\n");

            await().atMost(PATIENCE).until(() -> rows(runs, "demo", "run") == 1);
        }
    }

    private static RunIndexer indexer(Jdbi jdbi, ExperimentFolders folders, MetricStore metrics) {
        return new RunIndexer(
                jdbi,
                folders,
                new HashCache(),
                metrics,
                uid -> Optional.empty(),
                new NotedEvents(),
                new RunningTime(jdbi, System::nanoTime),
                InstantSource.system());
    }

    /** -1 when there is no such run. */
    private static long rows(RunQueries runs, String project, String run) {
        return runs.find(project, run).map(RunRecord::rows).orElse(-1L);
    }
}
