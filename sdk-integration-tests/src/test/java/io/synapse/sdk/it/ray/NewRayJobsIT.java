package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What jobs have on the current release and do not have on the old one. */
@WithRayCluster
@Timeout(60)
@Tag("one-jdk")
class NewRayJobsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whyAJobFailedHasAType(RayClient client) {
        String id = client.submitJob(JobSubmission.of("true").workingDir("gcs://_ray_pkg_0000.zip"));

        Job job = client.waitForJob(id, PATIENCE);

        assertThat(job.errorType()).isEqualTo("RUNTIME_ENV_SETUP_FAILURE");
    }

    @Test
    void aJobRunsOnTheNodeThatHasTheLabel(RayCluster cluster, RayClient client) {
        String head = cluster.head().id();
        String id = client.submitJob(JobSubmission.of("true").entrypointLabelSelector(Map.of("ray.io/node-id", head)));

        Job job = client.waitForJob(id, PATIENCE);

        assertThat(job.driverNodeId()).isEqualTo(head);
    }

    @Test
    void whatIsNoLabelIsABadRequest(RayClient client) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () -> client.submitJob(JobSubmission.of("true").entrypointLabelSelector(Map.of("a b", "c"))))
                .withMessageContaining("ValueError: Invalid label key name `a b`");
    }
}
