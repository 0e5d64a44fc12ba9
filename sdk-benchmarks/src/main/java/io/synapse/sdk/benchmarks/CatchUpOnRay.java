package io.synapse.sdk.benchmarks;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.CatchUpWithSdk;
import io.synapse.sdk.benchmarks.contender.GetRayLogFile;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * P10: catch up on a log that is long already, on a real Ray cluster. A finished job's log is followed to its end and the
 * final status; of a job that still runs, until all that it printed is there.
 */
final class CatchUpOnRay implements Benchmark {
    private static final int LINES = 300_000;

    /** With its newline. */
    private static final int LINE_BYTES = 87;

    /** The driver's process prints the log, then waits until the file is there. */
    private static final String PRINT = "python3 -uc \"import os, time; [print('line %%0%dd' %% n) for n in range(%d)];"
            + " [time.sleep(0.1) for _ in iter(lambda: os.path.exists('%s'), True)]\"";

    /**
     * A log that a job has printed.
     *
     * @param job as it was then
     * @param lines of the file: Ray writes some before those of the job
     */
    private record PrintedLog(Job job, long lines) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "P10";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<Path> python = workbench.options().ray();
        if (python.isEmpty()) {
            workbench.progress("P10: no Python with Ray");
            return List.of();
        }
        Path folder = Files.createTempDirectory("ray-log-");
        try (RayCluster cluster = new RayCluster(python.get(), folder.resolve("cluster"));
                RayClient client = RayClient.builder().baseUrl(cluster.url()).build()) {
            Path end = folder.resolve("end");
            PrintedLog log = print(client, end);
            List<Row> rows = new ArrayList<>(compare(workbench, python.get(), cluster.url(), log, "running"));
            Files.createFile(end);
            if (!client.waitForJob(log.job().id(), PATIENCE).status().equals(JobStatus.SUCCEEDED)) {
                throw new IOException("the job that printed the log did not succeed");
            }
            rows.addAll(compare(workbench, python.get(), cluster.url(), log, "finished"));
            Files.delete(end);
            return rows;
        } finally {
            Files.delete(folder);
        }
    }

    /** A job that has printed its log and still runs. */
    private static PrintedLog print(RayClient client, Path end) {
        int digits = LINE_BYTES - "line \n".length();
        String id = client.submitJob(JobSubmission.of(PRINT.formatted(digits, LINES, end)));
        String last = ("line %0" + digits + "d").formatted(LINES - 1);
        try (LogStream log = client.tailJobLogs(id, TailOptions.DEFAULT)) {
            long before = log.stream().takeWhile(line -> !line.equals(last)).count();
            return new PrintedLog(client.getJob(id), before + 1);
        }
    }

    private List<Row> compare(Workbench workbench, Path python, String url, PrintedLog log, String state)
            throws IOException, InterruptedException {
        String id = log.job().id();
        String node = String.valueOf(log.job().driverNodeId());
        String lines = Long.toString(log.lines());
        List<Double> sdk = new ArrayList<>();
        List<Double> get = new ArrayList<>();
        List<Double> ray = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("P10 a %s job: round %d".formatted(state, round));
            sdk.add(millis(workbench.java(CatchUpWithSdk.class, state, lines, url, id, id), log));
            get.add(millis(workbench.java(GetRayLogFile.class, node, url, id, id), log));
            ray.add(millis(Workbench.python(python, "follow_with_ray.py", url, id, lines), log));
        }
        String work = String.format(
                Locale.ROOT, "catch up on %,d lines, %d MB, of a %s job", LINES, LINES * LINE_BYTES / 1_000_000, state);
        return List.of(
                row(work, "GET of the log file, only counts", sdk, get, Target.atMost(2)),
                row(work, "tail_job_logs of Ray", sdk, ray, Target.NONE));
    }

    private Row row(String work, String peer, List<Double> ours, List<Double> theirs, Target target) {
        return new Comparison(
                id(), work, "Ray", peer, Unit.MILLISECONDS, new Samples(ours), new Samples(theirs), target);
    }

    private static double millis(List<String> command, PrintedLog log) throws IOException, InterruptedException {
        Program.Output output = new Program(command).run();
        if (output.value("came") != log.lines()) {
            throw new IllegalStateException("not all lines came: " + command);
        }
        return 1e3 * output.value("seconds");
    }
}
