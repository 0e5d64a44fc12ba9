package io.synapse.sdk.examples;

import io.synapse.sdk.EventStream;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentEvent;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.MetricSummary;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunQuery;
import io.synapse.sdk.experiment.Sweep;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.experiments.ExperimentWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains all points of a grid on three workers, and shows them as they go on. In the middle, one worker is killed with
 * what it runs, as if its machine went down; the sweep is complete nevertheless.
 */
public final class ExperimentSweep {
    private static final String GRID = """
            lr: [0.03, 0.1, 0.3]
            width: [16, 32, 64, 128]
            steps: 20
            """;

    private static final int STEPS = 20;

    private ExperimentSweep() {}

    /**
     * Runs it, and ends with exit code 1 if anything is missing.
     *
     * @param arguments the folder with train.sh, and {@code --live} to draw the table anew with each change
     */
    public static void main(String[] arguments) throws IOException {
        Path code = Path.of(arguments[0]);
        boolean live = List.of(arguments).contains("--live");
        if (!run(code, live)) {
            System.exit(1);
        }
    }

    private static boolean run(Path code, boolean live) throws IOException {
        try (EmbeddedExperiments server = EmbeddedExperiments.builder()
                        .workerTimeout(Duration.ofSeconds(10)) // a minute by default
                        .start();
                ExperimentWorker first = worker(server, "worker-1", code);
                ExperimentWorker second = worker(server, "worker-2", code);
                ExperimentWorkerProcess third = ExperimentWorkerProcess.start(server, "worker-3", code);
                ExperimentClient client = ExperimentClient.builder()
                        .baseUrl(server.baseUrl())
                        .experimentsToken(server.token())
                        .build()) {
            System.out.println("on " + List.of(first.hostId(), second.hostId(), third.hostId()));
            Sweep sweep = client.submitSweep(ExperimentSubmission.ofConfig(GRID).project("demo"));
            SweepTable table = new SweepTable(sweep.jobs(), STEPS, live);
            try (EventStream<ExperimentEvent> events = client.followEvents()) {
                for (ExperimentEvent event : events) {
                    if (event instanceof ExperimentEvent.QueueUpdated update && update.job() != null) {
                        table.see(update.job());
                    } else if (event instanceof ExperimentEvent.MetricsLogged metrics) {
                        table.see(metrics.runName(), metrics.rows());
                    } else if (event instanceof ExperimentEvent.Connected || event instanceof ExperimentEvent.Reset) {
                        client.listExperimentJobs().forEach(table::see); // for what was before, or was missed
                    }
                    if (third.isAlive() && table.isInTheMiddleOn(third.hostId())) {
                        third.kill();
                        table.say(third.hostId() + " is killed, and the training that it runs");
                    }
                    if (table.isOver()) {
                        break;
                    }
                }
            }
            return isComplete(client, sweep, table);
        }
    }

    private static ExperimentWorker worker(EmbeddedExperiments server, String name, Path code) {
        return ExperimentWorker.builder()
                .server(server.baseUrl())
                .token(server.token())
                .hostId(name)
                .codeDirectory(code)
                .command("sh", "train.sh", "{config}")
                .maxJobs(1)
                .start();
    }

    /** Prints what the server has at the end. Whether it has each step of each run once, in order. */
    private static boolean isComplete(ExperimentClient client, Sweep sweep, SweepTable table) {
        List<Double> allSteps =
                IntStream.rangeClosed(1, STEPS).mapToObj(Double::valueOf).toList();
        int complete = 0;
        for (ExperimentJob job : sweep.jobs()) {
            List<Map<String, Double>> rows =
                    client.getMetrics("demo", job.experimentUid()).rows();
            table.see(job.experimentUid(), rows);
            if (rows.stream().map(row -> row.get("step")).toList().equals(allSteps)) {
                complete++;
            }
        }
        table.print();
        System.out.println(complete + " of " + sweep.total() + " runs have all " + STEPS + " steps, each once");

        Run best = client.listRuns(RunQuery.of("demo").sortBy("loss", MetricSummary.FINAL))
                .iterator()
                .next();
        System.out.println("best: lr " + best.hyperparameters().get("lr") + ", width "
                + best.hyperparameters().get("width") + ", loss "
                + best.finalMetrics().get("loss"));
        return complete == sweep.jobs().size();
    }
}
