package io.synapse.sdk.experiments.internal.notification;

import java.util.Locale;

/** What a notification is about. */
public enum NotificationType {
    INFO,
    SUCCESS,
    WARNING,
    ERROR,
    /** The folder of components and the server differ. */
    SYNC_CONFLICT,
    /** A worker has been silent for so long that its jobs were taken from it. */
    WORKER_LOST,
    JOB_FAILED;

    /** Its name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
