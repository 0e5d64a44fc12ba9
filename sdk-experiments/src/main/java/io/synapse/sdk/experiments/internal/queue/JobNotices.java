package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.notification.NewNotification;
import io.synapse.sdk.experiments.internal.notification.NotificationType;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells users of jobs that lost their worker or failed, in the transaction of that change. */
final class JobNotices {
    private final Notifications notifications;

    JobNotices(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Tells what has become of a job, if users should know. */
    void tell(Handle transaction, Job before, Verdict verdict) {
        NewNotification notice = notice(before, verdict);
        if (notice != null) {
            notifications.add(transaction, notice);
        }
    }

    private static @Nullable NewNotification notice(Job before, Verdict verdict) {
        if (verdict instanceof Verdict.Requeue requeue && requeue.cause() == Verdict.Cause.WORKER_LOST) {
            return NewNotification.of(
                    NotificationType.WORKER_LOST,
                    "Worker lost: " + before.name(),
                    "the worker on " + before.host() + " does not run the job any more; it is "
                            + requeue.status().word() + " again (retry "
                            + (before.retryCount() + 1) + " of " + before.maxRetries() + ")",
                    before.uid());
        }
        if (verdict instanceof Verdict.End end && end.status() == JobStatus.FAILED) {
            boolean isLost = JobDecisions.WORKER_LOST.equals(end.failureKind());
            String code = end.exitCode() == null ? "" : "exit code " + end.exitCode() + ": ";
            return NewNotification.of(
                    isLost ? NotificationType.WORKER_LOST : NotificationType.JOB_FAILED,
                    "Job failed: " + before.name(),
                    code + (end.error() == null ? "its worker gave no reason" : end.error()),
                    before.uid());
        }
        return null;
    }
}
