package io.synapse.sdk.container;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.OpenEnum;

/**
 * The status of a build. Any value other than these means that it is running. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record BuildStatus(String value) implements OpenEnum {
    /** The build has succeeded. */
    public static final BuildStatus COMPLETED = new BuildStatus("completed");

    /** It failed. */
    public static final BuildStatus FAILED = new BuildStatus("failed");

    /** It was cancelled. */
    public static final BuildStatus CANCELLED = new BuildStatus("cancelled");

    /** Whether the build has ended: completed, failed or cancelled. */
    public boolean isOver() {
        return equals(COMPLETED) || equals(FAILED) || equals(CANCELLED);
    }

    /**
     * The corresponding job status, which is the final status of the build's log: {@link JobStatus#SUCCEEDED},
     * {@link JobStatus#FAILED} or {@link JobStatus#STOPPED}; {@link JobStatus#RUNNING} while it runs.
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
