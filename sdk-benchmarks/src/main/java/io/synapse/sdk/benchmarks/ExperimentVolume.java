package io.synapse.sdk.benchmarks;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Page;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.benchmarks.contender.experiments.LogRows;
import io.synapse.sdk.benchmarks.contender.experiments.TimePages;
import io.synapse.sdk.benchmarks.server.ExperimentsServer;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunQuery;
import io.synapse.sdk.experiment.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * E1: an experiment server with many runs (wire/experiments.md, section 10), asked by another process over HTTP. It gets its
 * runs as it does in real life: by reading log folders, which are there when it starts. Then rows are logged live, beside all
 * those runs.
 */
final class ExperimentVolume implements Benchmark {
    private static final String PROJECT = "volume";
    private static final String SERVER = "experiment server";
    private static final int STEPS = 1_000;

    /** A project of 10,000 runs has a run of a million points beside it. */
    private static final int POINTS_A_RUN = 100;

    private static final String PRACTICE = "50";
    private static final String CALLS = "200";
    private static final String LOGGING = "8";
    private static final double ROWS_PER_SECOND = 20_000;

    @Override
    public String id() {
        return "E1";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("benchmark-");
        try {
            return run(workbench, data);
        } finally {
            FileTree.delete(data);
        }
    }

    private List<Row> run(Workbench workbench, Path data) throws IOException, InterruptedException {
        int runs = workbench.options().runs();
        workbench.progress("E1: writing the log folders of " + runs + " runs");
        TrainingLogs logs = new TrainingLogs(data.resolve("logs"));
        logs.write(PROJECT, runs, STEPS);
        logs.writeOne(TimePages.LONG, TimePages.LONG, runs * POINTS_A_RUN);
        workbench.progress("E1: reading them");
        long start = System.nanoTime();
        try (ServerProcess server = new ServerProcess(workbench.java(ExperimentsServer.class, data.toString()))) {
            awaitRuns(server, runs);
            List<Row> rows = new ArrayList<>();
            rows.add(filled(data, runs, Duration.ofNanos(System.nanoTime() - start)));
            rows.addAll(pages(workbench, server, runs));
            rows.add(logged(workbench, server, "sync", 50, "a worker's copy of a CSV file, 50 rows a commit"));
            rows.add(logged(workbench, server, "sync", 1, "a worker's copy of a CSV file, a row a commit"));
            rows.add(logged(workbench, server, "batch", 1, "log-batch of MLflow's REST, a row a commit"));
            return rows;
        }
    }

    private static void awaitRuns(ServerProcess server, int runs) throws InterruptedException {
        try (ExperimentClient client = ExperimentClient.builder()
                .baseUrl(server.url())
                .experimentsToken(Token.VALUE)
                .build()) {
            while (completed(client, PROJECT) < runs || completed(client, TimePages.LONG) < 1) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** How many runs there are, once the newest is completed. */
    private static long completed(ExperimentClient client, String project) {
        Page<Run> newest;
        try {
            newest = client.listRuns(RunQuery.of(project).descending().pageSize(1))
                    .pages()
                    .iterator()
                    .next();
        } catch (NotFoundException e) { // nothing of it has been read
            return 0;
        }
        boolean isCompleted = newest.results().stream().allMatch(run -> RunStatus.COMPLETED.equals(run.status()));
        return isCompleted ? newest.count() : 0;
    }

    private Row filled(Path data, int runs, Duration took) throws IOException {
        String found = String.format(
                Locale.ROOT,
                "%.0f s; %,.0f points a second; database %,.0f MB",
                took.toMillis() / 1e3,
                (double) runs * STEPS * TrainingLogs.METRICS.size() / took.toMillis() * 1e3,
                Files.size(data.resolve("experiments.db")) / 1e6);
        return new Finding(id(), "read the log folders of " + volume(runs), SERVER, found, "", true);
    }

    private static String volume(int runs) {
        return String.format(
                Locale.ROOT, "%,d runs x %,d steps x %d metrics", runs, STEPS, TrainingLogs.METRICS.size());
    }

    private List<Row> pages(Workbench workbench, ServerProcess server, int runs)
            throws IOException, InterruptedException {
        List<Program.Output> rounds = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("E1: pages, round " + round);
            rounds.add(new Program(workbench.java(
                            TimePages.class,
                            server.url(),
                            PROJECT,
                            Integer.toString(runs),
                            String.join(",", TrainingLogs.METRICS),
                            Integer.toString(runs * POINTS_A_RUN),
                            PRACTICE,
                            CALLS))
                    .run());
        }
        String of = ", " + volume(runs);
        return List.of(
                page(rounds, "all projects, each run in short" + of, "projects", 100),
                page(rounds, "the first 200 runs by a metric" + of, "table", 100),
                page(rounds, "50 runs by a metric, from the first to the last" + of, "page", 20),
                page(rounds, "compare the 10 curves of 20 runs, 1,000 points each" + of, "curves", 100),
                page(rounds, "compare the same by rows" + of, "compare", 100),
                page(
                        rounds,
                        String.format(Locale.ROOT, "1,000 points of a curve of %,d", runs * POINTS_A_RUN),
                        "long",
                        100));
    }

    private Row page(List<Program.Output> rounds, String work, String kind, double mostMillis) {
        Samples typical = Samples.of(rounds, round -> round.value("p50." + kind));
        Samples slow = Samples.of(rounds, round -> round.value("p99." + kind));
        String found = String.format(
                Locale.ROOT,
                "p50 %.1f ms (%.1f–%.1f), p99 %.1f ms (%.1f–%.1f)",
                typical.median(),
                typical.min(),
                typical.max(),
                slow.median(),
                slow.min(),
                slow.max());
        String demand = String.format(Locale.ROOT, "p99 < %.0f ms", mostMillis);
        return new Finding(id(), work, SERVER, found, demand, slow.median() < mostMillis);
    }

    /**
     * What was found of rows that were logged.
     *
     * @param output what the program says that logged them
     * @param serverMicros the processor time of the server for each
     */
    private record Logged(Program.Output output, double serverMicros) {}

    private Row logged(Workbench workbench, ServerProcess server, String way, int rowsAtOnce, String how)
            throws IOException, InterruptedException {
        List<Logged> rounds = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("E1: " + how + ", round " + round);
            ProcessorTime spent = new ProcessorTime(server);
            Program.Output output = new Program(workbench.java(
                            LogRows.class,
                            server.url(),
                            way,
                            LOGGING,
                            Integer.toString(rowsAtOnce),
                            Integer.toString(workbench.options().jmhWarmUp()),
                            Integer.toString(workbench.options().jmhSeconds())))
                    .run(spent::note);
            rounds.add(new Logged(output, spent.micros() / output.value("rows")));
        }
        Samples rows = Samples.of(rounds, round -> round.output().value("rows_per_second"));
        String found = String.format(
                Locale.ROOT,
                "%,.0f rows/s (%,.0f–%,.0f), %,.0f commits/s; p50 %.1f ms, p99 %.1f ms; %.0f µs of processor time of the"
                        + " server a row",
                rows.median(),
                rows.min(),
                rows.max(),
                Samples.of(rounds, round -> round.output().value("calls_per_second"))
                        .median(),
                Samples.of(rounds, round -> round.output().value("p50.call")).median(),
                Samples.of(rounds, round -> round.output().value("p99.call")).median(),
                Samples.of(rounds, Logged::serverMicros).median());
        return new Finding(
                id(),
                "rows of ten metrics, " + LOGGING + " runs at a time, " + how,
                SERVER,
                found,
                String.format(Locale.ROOT, "≥ %,.0f rows/s", ROWS_PER_SECOND),
                rows.median() >= ROWS_PER_SECOND);
    }
}
