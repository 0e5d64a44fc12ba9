package io.synapse.sdk.job;

import io.synapse.sdk.LogFollower;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Performer;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jobs: what a program runs on a cluster. Offered by every client that runs jobs; code written against this interface
 * works with any of them.
 */
public interface JobOperations extends Performer, LogFollower {
    /**
     * All jobs the server knows, in its own order.
     *
     * @throws io.synapse.sdk.ClientException when the call fails
     */
    default List<Job> listJobs() {
        return perform(JobEndpoints.list());
    }

    /**
     * The jobs that match a filter. All jobs are fetched, and filtered here.
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
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default Job getJob(String id) {
        return perform(JobEndpoints.get(id));
    }

    /**
     * The whole log of a job as it is now, in memory at once: for long logs see {@link #tailJobLogs}. The call has no
     * total time limit.
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
     * Follows the log of a job to its end. Nothing is sent before it is read.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not an id
     */
    default LogStream tailJobLogs(String id, TailOptions options) {
        return follow(JobEndpoints.log(id), options);
    }

    /**
     * Submits a job and gives back its id. The job exists once however often its request had to be sent: it carries
     * an id of its own (a new one each time, unless the submission has one), and after a lost reply the server is
     * asked whether that job is there.
     *
     * @throws io.synapse.sdk.ConflictException when there is another job of that id
     * @throws io.synapse.sdk.GpuUnavailableException when there is not enough GPU
     */
    default String submitJob(JobSubmission submission) {
        return perform(JobEndpoints.submit(submission));
    }

    /**
     * Asks a job to stop and returns at once; {@link #waitForJob(String, Duration)} waits for it. An agent and
     * Ray send TERM, and KILL after 3 s.
     *
     * @throws io.synapse.sdk.BadRequestException when the job is over already
     * @throws io.synapse.sdk.ConflictException when the job is still pending on Ray, which cannot end it before it begins
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default void stopJob(String id) {
        perform(JobEndpoints.stop(id));
    }

    /**
     * Deletes a job that is over, its log too (Ray keeps the log file on its node). On Ray this takes up to 2.5 s for a
     * job that ended less than a minute ago: deleted at once, it would come back.
     *
     * @throws io.synapse.sdk.ConflictException when it is not over
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default void deleteJob(String id) {
        perform(JobEndpoints.delete(id));
    }

    /**
     * Waits until a job is over, and gives it back. A server that is out of reach for a while does not end the wait.
     *
     * @param timeout how long to wait at the most
     * @throws io.synapse.sdk.RequestTimeoutException when the job is not over by then
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default Job waitForJob(String id, Duration timeout) {
        return perform(JobEndpoints.await(id, timeout, seen -> {}));
    }

    /**
     * Waits until a job is over, as {@link #waitForJob(String, Duration)}, and is told each time its status changes.
     *
     * @param onChange told of the first status and of each other one, the last included; must not block
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
