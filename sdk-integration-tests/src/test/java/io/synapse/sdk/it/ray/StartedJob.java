package io.synapse.sdk.it.ray;

import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.job.JobSubmission;
import java.time.Duration;

/** Jobs that are to be stopped: Ray cannot stop one that is still pending, which takes seconds on a busy machine. */
final class StartedJob {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StartedJob() {}

    /** The id of a new job that is running. */
    static String submit(JobOperations jobs, JobSubmission submission) {
        String id = jobs.submitJob(submission);
        await().atMost(PATIENCE).until(() -> jobs.getJob(id).status().equals(JobStatus.RUNNING));
        return id;
    }
}
