package io.synapse.sdk.examples;

import io.synapse.sdk.agent.AsyncAgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Submits jobs side by side and waits for all of them, on no thread of one's own. */
public final class RunManyJobs {
    private RunManyJobs() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent()) {
            AsyncAgentClient client = agent.client().async();
            List<CompletableFuture<Job>> jobs = IntStream.rangeClosed(1, 6)
                    .mapToObj(number -> client.submitJob(JobSubmission.of("echo job " + number))
                            .thenCompose(id -> client.waitForJob(id, Duration.ofMinutes(1))))
                    .toList();
            jobs.forEach(
                    job -> System.out.println(job.join().id() + " " + job.join().status()));
        }
    }
}
