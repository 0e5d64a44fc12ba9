package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a job but what was asked for. Immutable; kept in the store as it is.
 *
 * @param id the submission id
 * @param order counts submissions: the queue's order
 * @param status where it stands
 * @param message in words, how it stands
 * @param errorType Ray's word for why it failed
 * @param startTime when its process was started
 * @param endTime when it ended
 * @param exitCode how its process ended, if that is known
 * @param process its process, once it is known
 * @param stopRequested whether someone asked to stop it
 */
public record JobRecord(
        String id,
        long order,
        JobStatus status,
        String message,
        @Nullable String errorType,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Integer exitCode,
        @Nullable ProcessIdentity process,
        boolean stopRequested) {
    /** A job that waits for its turn. */
    static JobRecord pending(String id, long order) {
        String message = "Job has not started yet.";
        return new JobRecord(id, order, JobStatus.PENDING, message, null, null, null, null, null, false);
    }

    /** The same job, as it was before it was started. */
    JobRecord notStarted() {
        return pending(id, order);
    }

    /** The same job, its process started. */
    JobRecord started(Instant time) {
        return new JobRecord(
                id, order, JobStatus.RUNNING, "Job is currently running.", null, time, null, null, null, stopRequested);
    }

    /** The same job, its process known. */
    JobRecord process(ProcessIdentity identity) {
        return new JobRecord(
                id, order, status, message, errorType, startTime, endTime, exitCode, identity, stopRequested);
    }

    /** The same job, asked to stop. */
    JobRecord stopping() {
        return new JobRecord(id, order, status, message, errorType, startTime, endTime, exitCode, process, true);
    }

    /** The same job at its end; not before its start, whatever clock the end was read from. */
    JobRecord ended(JobStatus end, String words, @Nullable String error, Instant time, @Nullable Integer code) {
        Instant endTime = startTime != null && time.isBefore(startTime) ? startTime : time;
        return new JobRecord(id, order, end, words, error, startTime, endTime, code, process, stopRequested);
    }
}
