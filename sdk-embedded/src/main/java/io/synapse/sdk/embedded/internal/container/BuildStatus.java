package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.JobStatus;
import java.util.Locale;

/** Where a build stands. */
public enum BuildStatus {
    /** It goes on. */
    BUILDING(JobStatus.RUNNING),
    /** It is done. */
    COMPLETED(JobStatus.SUCCEEDED),
    /** It failed. */
    FAILED(JobStatus.FAILED),
    /** It was cancelled. */
    CANCELLED(JobStatus.STOPPED);

    private final JobStatus ofItsLog;

    BuildStatus(JobStatus ofItsLog) {
        this.ofItsLog = ofItsLog;
    }

    /** The word that callers see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its log's end says, in the words of a job's. */
    JobStatus ofItsLog() {
        return ofItsLog;
    }
}
