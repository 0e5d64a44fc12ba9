package io.synapse.sdk.benchmarks.server;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The embedded agent, with one finished job that has a long log. Runs in a process of its own, prints its address and
 * ends with its standard input.
 */
public final class AgentServer {
    /** The id of the job. */
    public static final String JOB = "long-log";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private AgentServer() {}

    /**
     * Runs it.
     *
     * @param args how many lines the log has
     */
    public static void main(String[] args) throws IOException {
        try (EmbeddedAgent agent = EmbeddedAgent.builder().token(Token.VALUE).start()) {
            try (AgentClient client = AgentClient.builder()
                    .baseUrl(agent.baseUrl())
                    .agentToken(Token.VALUE)
                    .build()) {
                String line = new String(LogShape.text(0, 1), StandardCharsets.US_ASCII).strip();
                String id = client.submitJob(JobSubmission.of("yes '" + line + "' | head -n " + args[0])
                        .submissionId(JOB));
                client.waitForJob(id, PATIENCE);
            }
            System.out.println(agent.baseUrl());
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
        System.exit(0);
    }
}
