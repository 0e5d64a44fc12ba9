package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * The kind of a notification. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record NotificationType(String value) implements OpenEnum {
    /** Something to know. */
    public static final NotificationType INFO = new NotificationType("info");

    /** Something has succeeded. */
    public static final NotificationType SUCCESS = new NotificationType("success");

    /** Something may need attention. */
    public static final NotificationType WARNING = new NotificationType("warning");

    /** Something has failed. */
    public static final NotificationType ERROR = new NotificationType("error");

    /** Something waits for an answer. */
    public static final NotificationType ACTION = new NotificationType("action");

    /** Versions of a component differ. */
    public static final NotificationType SYNC_CONFLICT = new NotificationType("sync_conflict");

    /** A worker does not report any more. */
    public static final NotificationType WORKER_LOST = new NotificationType("worker_lost");

    /** A job has failed. */
    public static final NotificationType JOB_FAILED = new NotificationType("job_failed");

    @Override
    public String toString() {
        return value;
    }
}
