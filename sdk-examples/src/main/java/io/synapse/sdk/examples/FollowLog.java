package io.synapse.sdk.examples;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;

/** Follows a log line by line, with a limit of one's own. */
public final class FollowLog {
    private FollowLog() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent()) {
            AgentClient client = agent.client();
            String id = client.submitJob(JobSubmission.of("seq 1 1000"));
            TailOptions options =
                    TailOptions.DEFAULT.protocol(TailProtocol.HTTP).limits(StreamLimits.NONE.maxLines(100));
            try (LogStream log = client.tailJobLogs(id, options)) {
                log.forEach(System.out::println);
            } catch (StreamLimitExceededException e) {
                System.out.println("enough: " + e.delivered().lines() + " lines, "
                        + e.delivered().bytes() + " bytes");
            }
        }
    }
}
