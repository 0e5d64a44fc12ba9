package io.synapse.sdk.benchmarks.contender;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.ray.RayClient;
import java.util.Arrays;
import java.util.Locale;

/** Follows a log with this SDK and takes each of its lines. */
public final class FollowWithSdk {
    private FollowWithSdk() {}

    /**
     * Runs it.
     *
     * @param args {@code agent} or {@code ray}; {@code http} or {@code websocket}; then as for any follower
     */
    public static void main(String[] args) throws Exception {
        TailProtocol protocol = TailProtocol.valueOf(args[1].toUpperCase(Locale.ROOT));
        TailOptions options = TailOptions.DEFAULT.protocol(protocol).limits(StreamLimits.NONE);
        Follower follower = args[0].equals("ray")
                ? (url, job) -> {
                    try (RayClient client = RayClient.builder().baseUrl(url).build()) {
                        return lines(client, job, options);
                    }
                }
                : (url, job) -> {
                    try (AgentClient client = AgentClient.builder()
                            .baseUrl(url)
                            .agentToken(Token.VALUE)
                            .build()) {
                        return lines(client, job, options);
                    }
                };
        Follower.time(follower, Arrays.copyOfRange(args, 2, args.length));
    }

    private static long lines(JobOperations client, String job, TailOptions options) {
        try (LogStream log = client.tailJobLogs(job, options)) {
            long characters = 0;
            long lines = 0;
            for (String line : log) {
                characters += line.length();
                lines++;
            }
            if (characters != log.statistics().bytes() - lines) {
                throw new IllegalStateException("not the text that was sent");
            }
            return lines;
        }
    }
}
