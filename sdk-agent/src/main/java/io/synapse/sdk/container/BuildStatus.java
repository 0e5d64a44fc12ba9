package io.synapse.sdk.container;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.OpenEnum;

/**
 * Where a build stands. Any word but these means that it goes on. An open set.
 *
 * @param value the word as the server says it
 */
public record BuildStatus(String value) implements OpenEnum {
    /** It is done. */
    public static final BuildStatus COMPLETED = new BuildStatus("completed");

    /** It failed. */
    public static final BuildStatus FAILED = new BuildStatus("failed");

    /** It was cancelled. */
    public static final BuildStatus CANCELLED = new BuildStatus("cancelled");

    /** Whether the build is over: completed, failed or cancelled. */
    public boolean isOver() {
        return equals(COMPLETED) || equals(FAILED) || equals(CANCELLED);
    }

    /**
     * The same in the words for jobs, as the log of a build ends with: {@link JobStatus#SUCCEEDED},
     * {@link JobStatus#FAILED} or {@link JobStatus#STOPPED}; {@link JobStatus#RUNNING} while it goes on.
     */
    public JobStatus asJobStatus() {
        if (equals(COMPLETED)) {
            return JobStatus.SUCCEEDED;
        } else if (equals(FAILED)) {
            return JobStatus.FAILED;
        }
        return equals(CANCELLED) ? JobStatus.STOPPED : JobStatus.RUNNING;
    }

    @Override
    public String toString() {
        return value;
    }
}
