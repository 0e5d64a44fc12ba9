package io.synapse.sdk.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.WithEmbeddedAgent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/* The test of the README: keep the two alike. */
@WithEmbeddedAgent
class MyTest {
    @Test
    void runsAJob(AgentClient client) {
        String id = client.submitJob(JobSubmission.of("exit 0"));
        Job job = client.waitForJob(id, Duration.ofMinutes(1));
        assertEquals(JobStatus.SUCCEEDED, job.status());
    }
}
