package io.synapse.sdk.experiment;

import io.synapse.sdk.LogFollower;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Operations on the queue (wire/experiments.md, section 5). */
public interface QueueOperations extends Performer, LogFollower {
    /**
     * Queues a configuration and returns the job. It is queued once, even if a reply is lost: the request has a key (a
     * new one each time, unless the submission has one); at the original the client looks for the job before it tries
     * again.
     *
     * @throws io.synapse.sdk.BadRequestException when the configuration is not valid, or the original does not take a
     *     property
     * @throws io.synapse.sdk.ConflictException when the key was used with another submission
     */
    default ExperimentJob submitExperiment(ExperimentSubmission submission) {
        return perform(QueueEndpoints.submit(submission));
    }

    /**
     * Queues one job for each point of the grid that a configuration has, all or none. Once, as {@link
     * #submitExperiment}.
     *
     * @throws io.synapse.sdk.BadRequestException when the configuration is not valid or has too many points
     * @throws UnsupportedByServerException at the original, which runs all points in one job
     */
    default Sweep submitSweep(ExperimentSubmission submission) {
        return perform(QueueEndpoints.submitSweep(submission));
    }

    /**
     * Queues the failed jobs of a sweep again, and returns them.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws UnsupportedByServerException at the original
     */
    default List<ExperimentJob> retrySweep(String sweepId) {
        return perform(QueueEndpoints.retrySweep(sweepId));
    }

    /** All jobs of the queue, the newest first. */
    default PagedList<ExperimentJob> listExperimentJobs() {
        return QueueEndpoints.list(JobQuery.ALL).on(this);
    }

    /** Jobs of the queue, the newest first, each once: also if others are submitted while the list is iterated. */
    default PagedList<ExperimentJob> listExperimentJobs(JobQuery query) {
        return QueueEndpoints.list(query).on(this);
    }

    /** All jobs that there ever were, the newest first, as {@link #listExperimentJobs(JobQuery)}. */
    default PagedList<ExperimentJob> listJobHistory(JobQuery query) {
        return QueueEndpoints.history(query).on(this);
    }

    /**
     * One job.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id; nothing is sent then
     */
    default ExperimentJob getExperimentJob(String uid) {
        return perform(QueueEndpoints.get(uid));
    }

    /**
     * Cancels a job. A running one is stopped by its worker; {@link ExperimentJob#isStopping()} says whether that is
     * still to come.
     *
     * @throws io.synapse.sdk.ConflictException when it has ended
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void cancelExperiment(String uid) {
        perform(QueueEndpoints.cancel(uid));
    }

    /**
     * Holds a job back: a queued one keeps its place; a running one is suspended if its worker can do that, within some seconds
     * ({@link Device#pausedJobs}), and keeps its memory and its GPUs.
     *
     * @throws io.synapse.sdk.BadRequestException when it cannot be paused, or is not a valid id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void pauseExperiment(String uid) {
        perform(QueueEndpoints.pause(uid));
    }

    /**
     * Lets a paused job go on.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not paused, or is not a valid id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void resumeExperiment(String uid) {
        perform(QueueEndpoints.resume(uid));
    }

    /**
     * Sets the priority of a job that waits.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void setPriority(String uid, JobPriority priority) {
        perform(QueueEndpoints.setPriority(uid, priority));
    }

    /**
     * Queues a failed or cancelled job again, as the next attempt of the same job, and returns it.
     *
     * @throws io.synapse.sdk.ConflictException when it has not ended
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws UnsupportedByServerException at the original
     */
    default ExperimentJob retryExperiment(String uid) {
        return perform(QueueEndpoints.retry(uid));
    }

    /**
     * Waits until a job has ended, and returns it. The wait continues while the server is unreachable.
     *
     * @throws io.synapse.sdk.RequestTimeoutException when it has not ended by then
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ExperimentJob waitForExperiment(String uid, Duration timeout) {
        return perform(QueueEndpoints.await(uid, timeout, seen -> {}));
    }

    /**
     * Waits until a job has ended, and calls a listener on each change of its state.
     *
     * @param onChange called with the first state and after each change, the last one included; must not block
     */
    default ExperimentJob waitForExperiment(String uid, Duration timeout, Consumer<ExperimentJob> onChange) {
        return perform(QueueEndpoints.await(uid, timeout, onChange));
    }

    /**
     * The complete present output of a job, as one string: for long ones see {@link #tailExperimentLogs(String)}. The
     * call has no total time limit.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such job, or it has no output yet
     */
    default String getExperimentLogs(String uid) {
        return perform(QueueEndpoints.logs(uid));
    }

    /** Follows the output of a job to its end, with {@link TailOptions#DEFAULT}. */
    default LogStream tailExperimentLogs(String uid) {
        return follow(QueueEndpoints.log(uid), TailOptions.DEFAULT);
    }

    /**
     * Follows the output of a job to its end. Nothing is sent before the stream is read. The output is asked for again
     * and again over HTTP, whatever the protocol of the options: from the original as a whole, since it knows no
     * offsets. If the job is queued again and starts anew, the stream ends with a {@link
     * io.synapse.sdk.LogLostException}.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id
     */
    default LogStream tailExperimentLogs(String uid, TailOptions options) {
        return follow(QueueEndpoints.log(uid), options);
    }

    /** Numbers of the queue. */
    default QueueStatistics getQueueStatistics() {
        return perform(QueueEndpoints.statistics());
    }

    /**
     * Removes jobs that ended longer ago than this, and returns how many there were.
     *
     * @param olderThan counted in whole hours; at least one
     * @throws io.synapse.sdk.BadRequestException when it is less than an hour; nothing is sent then
     */
    default Integer cleanUpJobs(Duration olderThan) {
        return perform(QueueEndpoints.cleanUp(olderThan));
    }
}
