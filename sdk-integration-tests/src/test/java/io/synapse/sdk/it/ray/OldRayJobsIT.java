package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same on an old release, and what that does not know yet. */
@WithRayCluster(RayRelease.OLD)
class OldRayJobsIT extends RayJobsIT {
    @Test
    void aFieldThatRayDoesNotKnowIsABadRequest(RayClient client) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.submitJob(JobSubmission.of("true").entrypointLabelSelector(Map.of("a", "b"))))
                .satisfies(refused ->
                        assertThat(refused.detail().orElseThrow().toString()).contains("entrypoint_label_selector"));
    }
}
