package io.synapse.sdk.experiments.internal.queue;

import org.jspecify.annotations.Nullable;

/** What can happen to a job. */
public sealed interface JobEvent {
    /**
     * A worker says that it has begun.
     *
     * @param attempt which one it was given; null if it does not say
     * @param host which machine it is on; null if it does not say
     */
    record Confirmed(
            @Nullable Integer attempt,
            @Nullable String host,
            @Nullable Long pid) implements JobEvent {}

    /**
     * A worker says that it is over.
     *
     * @param isSuccess by the exit code, where there is one
     */
    record Reported(
            @Nullable Integer attempt,
            @Nullable String host,
            boolean isSuccess,
            @Nullable Integer exitCode,
            @Nullable String error)
            implements JobEvent {}

    /** A user wants it not to be run. */
    record CancelRequested() implements JobEvent {}

    /**
     * A user wants it to wait.
     *
     * @param canWorkerPause whether its worker can stop it for a while
     */
    record PauseRequested(boolean canWorkerPause) implements JobEvent {}

    /** A user wants it to go on. */
    record ResumeRequested() implements JobEvent {}

    /** A user wants it to be done again. */
    record RetryRequested() implements JobEvent {}

    /** A user wants it sooner or later. */
    record PriorityRequested(Priority priority) implements JobEvent {}

    /** Its machine has not been heard of for the time of a lease. */
    record HostSilent() implements JobEvent {}

    /** Its machine runs other jobs, but not this one any more. */
    record NotListed() implements JobEvent {}

    /** Its machine says that it runs it. */
    record Listed() implements JobEvent {}

    /**
     * The machine that it was assigned to has gone before it could be told.
     *
     * @param attempt which one it was to be told of
     */
    record NotDelivered(int attempt) implements JobEvent {}

    /** Nobody has confirmed its start in time. */
    record ConfirmOverdue() implements JobEvent {}

    /** It was cancelled, and its machine does not run it any more, or has had the time to stop it. */
    record Stopped() implements JobEvent {}
}
