package io.synapse.sdk.examples;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;

/** The ten lines of the README, which a test holds against this file. */
public final class ReadmeExample {
    private ReadmeExample() {}

    /** Runs them against an embedded agent. */
    public static void main(String[] arguments) {
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            run(agent.baseUrl().toString(), agent.token());
        }
    }

    private static void run(String url, String token) {
        try (AgentClient client =
                AgentClient.builder().baseUrl(url).agentToken(token).build()) {
            String id = client.submitJob(JobSubmission.of("echo hello; sleep 1; echo done"));
            try (LogStream log = client.tailJobLogs(id)) {
                for (String line : log) {
                    System.out.println(line);
                }
            }
            Job job = client.getJob(id);
            System.out.println(job.status() + ", exit code " + job.driverExitCode());
        }
    }
}
