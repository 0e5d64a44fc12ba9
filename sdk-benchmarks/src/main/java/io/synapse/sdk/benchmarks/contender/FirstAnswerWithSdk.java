package io.synapse.sdk.benchmarks.contender;

import io.synapse.sdk.agent.AgentClient;
import java.lang.management.ManagementFactory;

/** Asks for one job with this SDK. */
public final class FirstAnswerWithSdk {
    private FirstAnswerWithSdk() {}

    /**
     * Runs it.
     *
     * @param args the server's URL and the job
     */
    public static void main(String[] args) {
        try (AgentClient client =
                AgentClient.builder().baseUrl(args[0]).agentToken(Token.VALUE).build()) {
            boolean succeeded = client.getJob(args[1]).status().value().equals("SUCCEEDED");
            System.out.println("succeeded=" + (succeeded ? 1 : 0));
            System.out.println(
                    "classes=" + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        }
        System.exit(0);
    }
}
