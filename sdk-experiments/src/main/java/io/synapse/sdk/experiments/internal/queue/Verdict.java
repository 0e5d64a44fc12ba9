package io.synapse.sdk.experiments.internal.queue;

import org.jspecify.annotations.Nullable;

/** What an event does to a job. */
sealed interface Verdict {
    /** It runs, from now on. */
    record Run(@Nullable Long pid) implements Verdict {}

    /** The attempt that seemed to be lost goes on. */
    record GoOn() implements Verdict {}

    /**
     * It waits in the queue again, in its old place.
     *
     * @param status queued, or paused: then no machine can come back to it
     */
    record Requeue(Cause cause, JobStatus status) implements Verdict {}

    /** It is over. */
    record End(
            JobStatus status,
            @Nullable String failureKind,
            @Nullable String error,
            @Nullable Integer exitCode) implements Verdict {}

    /**
     * It is cancelled.
     *
     * @param isStopping whether its machine may still run it
     */
    record Cancel(boolean isStopping) implements Verdict {}

    /** Its machine is free for others. */
    record Release() implements Verdict {}

    /** It waits until a user resumes it. */
    record Pause() implements Verdict {}

    /** It goes on from a pause: where it was before. */
    record Resume(JobStatus status) implements Verdict {}

    /** It has another priority. */
    record Prioritize(Priority priority) implements Verdict {}

    /** Nothing changes, and that is well. */
    record Stand() implements Verdict {}

    /** It cannot be done. */
    record Refuse(int status, String sentence) implements Verdict {}

    /** Why a job is queued again. */
    enum Cause {
        /** Its machine was lost while it ran. */
        WORKER_LOST,
        /** Its machine was gone before it could be told of it, which is no loss. */
        NOT_DELIVERED,
        /** Its machine took it and did not begin. */
        NOT_STARTED,
        /** Its program failed, and it is to be retried then. */
        PROGRAM_FAILED,
        /** A user wants it to be done again. */
        RETRIED
    }
}
