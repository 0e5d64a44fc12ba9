package io.synapse.sdk.it.ray;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same on an old release. */
@WithRayCluster(RayRelease.OLD)
class OldRayLogContentIT extends RayLogContentIT {
    /** The server's own tail leaves out what a job prints in the last second, depending on when that is. */
    @Test
    void whatASilentJobPrintsAtItsEndIsThere(RayClient client, RayCluster cluster) throws Exception {
        Map<String, Following> jobs = new HashMap<>();
        for (double silence = 2; silence < 5; silence += 0.25) {
            String job = client.submitJob(JobSubmission.of("sleep " + silence + "; echo last"));
            jobs.put(job, Following.start(client, job, TailProtocol.WEBSOCKET));
        }

        for (Map.Entry<String, Following> job : jobs.entrySet()) {
            job.getValue().assertComplete(cluster.jobLog(job.getKey()), JobStatus.SUCCEEDED);
        }
    }
}
