package io.synapse.sdk.examples;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;

/** Shows a progress bar of the job live, carriage returns and all. */
public final class ShowProgress {
    private static final String PROGRESS = """
            for percent in 0 10 20 30 40 50 60 70 80 90 100; do
              printf '\\r%3d%%' $percent
              sleep 0.1
            done
            echo ' done'
            """;

    private ShowProgress() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        try (ExampleAgent agent = new ExampleAgent()) {
            AgentClient client = agent.client();
            String id = client.submitJob(JobSubmission.of(PROGRESS));
            try (LogStream log = client.tailJobLogs(id)) {
                log.transferTo(System.out);
            }
        }
    }
}
