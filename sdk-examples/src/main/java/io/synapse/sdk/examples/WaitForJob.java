package io.synapse.sdk.examples;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.time.Duration;

/** Waits for the end of a job and is told of each change on the way. */
public final class WaitForJob {
    private WaitForJob() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent()) {
            AgentClient client = agent.client();
            String id = client.submitJob(JobSubmission.of("sleep 1; exit 3"));
            Job job = client.waitForJob(
                    id, Duration.ofMinutes(1), changed -> System.out.println("now " + changed.status()));
            System.out.println("exit code " + job.driverExitCode());
        }
    }
}
