package io.synapse.sdk.embedded.internal.log;

import io.synapse.sdk.JobStatus;

/** What is known of the end of a log. All that was written before it was known is in the log's file. */
public sealed interface LogState {
    /** More may come. */
    record Growing() implements LogState {}

    /**
     * The job is over and its log complete.
     *
     * @param status how the job ended
     */
    record Complete(JobStatus status) implements LogState {}

    /**
     * The log has more than its file, but that cannot be had.
     *
     * @param why in words
     */
    record Broken(String why) implements LogState {}

    /** The job was deleted; the file, if there is one, is no longer of this job. */
    record Deleted() implements LogState {}
}
