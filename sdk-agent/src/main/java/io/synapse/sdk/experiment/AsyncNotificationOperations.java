package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link NotificationOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncNotificationOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link NotificationOperations#listNotifications}. */
    default CompletableFuture<List<ExperimentNotification>> listNotifications(boolean unreadOnly) {
        return perform(NotificationEndpoints.list(unreadOnly));
    }

    /** Asynchronous twin of {@link NotificationOperations#answerNotification}. */
    default CompletableFuture<ExperimentNotification> answerNotification(String id, String action) {
        return perform(NotificationEndpoints.answer(id, action));
    }
}
