package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.experiments.TimeMlflow;
import io.synapse.sdk.benchmarks.server.ExperimentsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * E2: the experiment server beside MLflow's own, on SQLite both, as they come: the same requests of MLflow's REST from the
 * same client. The servers are measured one after the other, while the other one has nothing to do.
 */
final class BesideMlflow implements Benchmark {
    /** Of so many runs of E1 there is one here: MLflow would need hours. */
    private static final int SHARE = 50;

    private static final int LEAST_RUNS = 5;

    @Override
    public String id() {
        return "E2";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<Path> python = workbench.options().mlflow();
        if (python.isEmpty()) {
            workbench.progress("E2: no Python with MLflow");
            return List.of();
        }
        int runs = Math.max(LEAST_RUNS, workbench.options().runs() / SHARE);
        List<Program.Output> ours = new ArrayList<>();
        List<Program.Output> theirs = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("E2: round " + round);
            ours.add(measure(workbench, workbench.java(ExperimentsServer.class), runs));
            theirs.add(measure(workbench, Workbench.python(python.get(), "mlflow_server.py"), runs));
        }
        String peer = "MLflow " + Workbench.version(python.get(), "mlflow");
        String page = String.format(Locale.ROOT, "runs/search, 50 of %d runs, ", runs);
        List<Row> rows = new ArrayList<>();
        for (String percentile : List.of("p50", "p99")) {
            rows.add(row(ours, theirs, peer, "log-batch, a step of 10 metrics", percentile, "step"));
            rows.add(row(ours, theirs, peer, "log-batch, 100 steps of 10 metrics", percentile, "batch"));
            rows.add(row(ours, theirs, peer, page + "the newest", percentile, "newest"));
            rows.add(row(ours, theirs, peer, page + "by a metric", percentile, "sorted"));
        }
        return rows;
    }

    private static Program.Output measure(Workbench workbench, List<String> command, int runs)
            throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(command)) {
            return new Program(workbench.java(TimeMlflow.class, server.url(), Integer.toString(runs))).run();
        }
    }

    private Row row(
            List<Program.Output> ours,
            List<Program.Output> theirs,
            String peer,
            String work,
            String percentile,
            String call) {
        String figure = percentile + "." + call;
        return new Comparison(
                id(),
                work + ", " + percentile,
                "each its own",
                peer,
                Unit.MILLISECONDS,
                Samples.of(ours, round -> round.value(figure)),
                Samples.of(theirs, round -> round.value(figure)),
                Target.NONE);
    }
}
