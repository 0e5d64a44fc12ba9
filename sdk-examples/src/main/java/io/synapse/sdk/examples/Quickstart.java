package io.synapse.sdk.examples;

import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.job.JobSubmission;
import java.time.Duration;

/** The whole way of a job: a server, a submission, a real process, its log as it is written, its end. */
public final class Quickstart {
    /** Stands for a training script: a line an epoch, the loss falling. */
    private static final String TRAINING = """
            echo "loading 12,800 samples"
            for epoch in 1 2 3 4 5 6 7 8; do
              sleep 0.25
              echo "epoch $epoch/8  loss 0.$((9 - epoch))$((epoch * 7 % 10))"
            done
            echo "model saved, $(printf 'äöü €' | wc -c) bytes of label names"
            """;

    private Quickstart() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleServer server = new ExampleServer()) {
            JobOperations client = server.client();
            System.out.println(
                    "server   " + client + " knows " + client.listJobs().size() + " jobs");

            String id = client.submitJob(JobSubmission.of(TRAINING));
            System.out.println("job      " + id + " submitted");

            LogStatistics log = printLog(client, id);
            printSummary(client.getJob(id), log);
        }
    }

    private static LogStatistics printLog(JobOperations client, String id) {
        try (LogStream log = client.tailJobLogs(id)) {
            for (String line : log) {
                System.out.println("         | " + line);
            }
            return log.statistics();
        }
    }

    private static void printSummary(Job job, LogStatistics log) {
        Duration duration = job.startTime() == null || job.endTime() == null
                ? Duration.ZERO
                : Duration.between(job.startTime(), job.endTime());
        System.out.printf(
                """

                status     exit code  duration  log lines  log bytes  followed over
                %-9s  %9s  %6.1f s  %9d  %9d  %s
                """,
                job.status(),
                job.driverExitCode(),
                duration.toMillis() / 1000.0,
                log.lines(),
                log.bytes(),
                log.protocol());
    }
}
