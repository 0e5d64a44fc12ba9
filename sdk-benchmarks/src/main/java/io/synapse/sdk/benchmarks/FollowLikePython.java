package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.FollowWithSdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * P3: the log of a finished job, followed with the Python clients that there are. They get a shorter one, since they
 * would need minutes; what counts is the time a line takes.
 */
final class FollowLikePython implements Benchmark {
    private static final Target TARGET = Target.atLeast(20);

    @Override
    public String id() {
        return "P3";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Optional<Path> client = workbench.options().pythonClient();
        if (client.isPresent()) {
            for (int linesPerEvent : FollowFinishedLog.LINES_PER_EVENT) {
                for (String protocol : List.of("http", "websocket")) {
                    rows.add(withPublishedClient(workbench, client.get(), protocol, linesPerEvent));
                }
            }
        } else {
            workbench.progress("P3: no Python with the published client");
        }
        Optional<Path> ray = workbench.options().ray();
        if (ray.isPresent()) {
            rows.add(withRay(workbench, ray.get(), "websocket", "the same frames"));
            rows.add(withRay(workbench, ray.get(), "http", "the same text as a file, as the SDK prefers"));
        } else {
            workbench.progress("P3: no Python with Ray");
        }
        return rows;
    }

    private Row withPublishedClient(Workbench workbench, Path python, String protocol, int linesPerEvent)
            throws IOException, InterruptedException {
        String work = "follow a log, " + protocol + ", " + (linesPerEvent == 1 ? "a line" : linesPerEvent + " lines")
                + " an event";
        return compare(
                workbench,
                work,
                "synapse-sdk (Python)",
                linesPerEvent,
                List.of("agent", protocol),
                job -> Workbench.python(python, "follow_with_synapse_sdk.py", protocol, workbench.fastServer(), job));
    }

    private Row withRay(Workbench workbench, Path python, String protocol, String how)
            throws IOException, InterruptedException {
        return compare(
                workbench,
                "follow a Ray log, " + how,
                "tail_job_logs of Ray " + Workbench.version(python, "ray"),
                1,
                List.of("ray", protocol),
                job -> Workbench.python(python, "follow_with_ray.py", workbench.fastServer(), job));
    }

    private interface PeerCommand {
        List<String> of(String job);
    }

    private Row compare(
            Workbench workbench, String work, String peer, int linesPerEvent, List<String> way, PeerCommand peerCommand)
            throws IOException, InterruptedException {
        long ourLines = workbench.options().lines();
        long theirLines = workbench.options().linesForPython();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("P3 %s: round %d".formatted(work, round));
            String ourJob = Workbench.finished(ourLines, linesPerEvent);
            String theirJob = Workbench.finished(theirLines, linesPerEvent);
            ours.add(ratePerSecond(
                    workbench.java(FollowWithSdk.class, way.get(0), way.get(1), workbench.fastServer(), ourJob, ourJob),
                    ourLines));
            theirs.add(ratePerSecond(peerCommand.of(theirJob), theirLines));
        }
        return new Comparison(
                id(), work, "fast server", peer, Unit.LINES_PER_SECOND, new Samples(ours), new Samples(theirs), TARGET);
    }

    private static double ratePerSecond(List<String> command, long lines) throws IOException, InterruptedException {
        Program.Output output = new Program(command).run();
        if (output.value("came") != lines) {
            throw new IllegalStateException("not all lines came: " + command);
        }
        return lines / output.value("seconds");
    }
}
