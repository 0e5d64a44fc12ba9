package io.synapse.sdk.job;

import io.synapse.sdk.LogFollower;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Performer;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Operations on jobs. Code written against this interface works with every client that implements it. */
public interface JobOperations extends Performer, LogFollower {
    /**
     * All jobs, in the order of the server.
     *
     * @throws io.synapse.sdk.ClientException when the call fails
     */
    default List<Job> listJobs() {
        return perform(JobEndpoints.list());
    }

    /**
     * The jobs that match a filter. All jobs are fetched and filtered by the client.
     *
     * @throws io.synapse.sdk.ClientException when the call fails
     */
    default List<Job> listJobs(JobFilter filter) {
        return perform(JobEndpoints.list(filter));
    }

    /**
     * One job.
     *
     * @param id its submission id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id; nothing is sent then
     */
    default Job getJob(String id) {
        return perform(JobEndpoints.get(id));
    }

    /**
     * The complete current log of a job, as one string: for long logs see {@link #tailJobLogs}. The call has no total
     * time limit.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default String getJobLogs(String id) {
        return perform(JobEndpoints.logs(id));
    }

    /** Follows the log of a job to its end, with {@link TailOptions#DEFAULT}. */
    default LogStream tailJobLogs(String id) {
        return follow(JobEndpoints.log(id), TailOptions.DEFAULT);
    }

    /**
     * Follows the log of a job to its end. Nothing is sent before the stream is read.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id
     */
    default LogStream tailJobLogs(String id, TailOptions options) {
        return follow(JobEndpoints.log(id), options);
    }

    /**
     * Submits a job and returns its id. The job is created once, even if its request is retried: the request contains a
     * submission id (a new one each time, unless the submission has one), and after a lost response the client looks up
     * that job.
     *
     * @throws io.synapse.sdk.ConflictException when another job has that id
     * @throws io.synapse.sdk.GpuUnavailableException when not enough GPU capacity is available
     */
    default String submitJob(JobSubmission submission) {
        return perform(JobEndpoints.submit(submission));
    }

    /**
     * Requests that a job stops and returns at once; {@link #waitForJob(String, Duration)} waits for its end. An agent
     * and Ray send TERM, and KILL after 3 s.
     *
     * @throws io.synapse.sdk.BadRequestException when the job has already ended
     * @throws io.synapse.sdk.ConflictException when the job is still pending on Ray, which cannot stop it before it
     *     starts
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default void stopJob(String id) {
        perform(JobEndpoints.stop(id));
    }

    /**
     * Deletes a job that has ended, and its log (Ray keeps the log file on its node). On Ray this takes up to 2.5 s for
     * a job that ended less than a minute ago: Ray would otherwise restore the record of the job.
     *
     * @throws io.synapse.sdk.ConflictException when it has not ended
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default void deleteJob(String id) {
        perform(JobEndpoints.delete(id));
    }

    /**
     * Waits until a job has ended, and returns it. The wait continues while the server is unreachable.
     *
     * @param timeout the longest time to wait
     * @throws io.synapse.sdk.RequestTimeoutException when the job has not ended by then
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default Job waitForJob(String id, Duration timeout) {
        return perform(JobEndpoints.await(id, timeout, seen -> {}));
    }

    /**
     * Waits until a job has ended, as {@link #waitForJob(String, Duration)}, and calls a listener on each change of its
     * status.
     *
     * @param onChange called with the first status and after each change, the last one included; must not block
     */
    default Job waitForJob(String id, Duration timeout, Consumer<Job> onChange) {
        return perform(JobEndpoints.await(id, timeout, onChange));
    }

    /**
     * Submits a job, follows its log to its end, and returns the job as it is then. The job goes on when this call is
     * interrupted or fails; {@link #runJob(JobSubmission, Consumer, boolean)} can stop it.
     *
     * @param onLine gets each line of the log, on the calling thread; what it throws ends the call
     * @throws io.synapse.sdk.LogLostException when the rest of the log does not exist any more
     */
    default Job runJob(JobSubmission submission, Consumer<? super String> onLine) {
        return JobRun.run(this, submission, onLine, false);
    }

    /**
     * Submits a job, follows its log to its end, and returns the job as it is then, as
     * {@link #runJob(JobSubmission, Consumer)}.
     *
     * @param stopsOnInterrupt whether to stop the job when the calling thread is interrupted; the call then ends with a
     *     {@link io.synapse.sdk.CallCancelledException}, and the interrupt flag stays set
     */
    default Job runJob(JobSubmission submission, Consumer<? super String> onLine, boolean stopsOnInterrupt) {
        return JobRun.run(this, submission, onLine, stopsOnInterrupt);
    }
}
