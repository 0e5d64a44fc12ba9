package io.synapse.sdk.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.testkit.WithExperiments;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/* The test of experiments in the README: keep the two alike. */
@WithExperiments(
        workers = 2,
        command = {"grep", "^lr:", "{config}"})
class SweepTest {
    @Test
    void trainsEachPoint(ExperimentClient client) {
        var sweep = client.submitSweep(ExperimentSubmission.ofConfig("project: demo\nlr: [0.1, 0.2]\n"));
        for (ExperimentJob job : sweep.jobs()) {
            ExperimentJob done = client.waitForExperiment(job.experimentUid(), Duration.ofMinutes(1));
            assertEquals(ExperimentStatus.COMPLETED, done.status());
        }
    }
}
