package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import java.util.List;

/**
 * Operations on the notifications of a server (wire/experiments.md, section 7). The original has them in the browser
 * only.
 */
public interface NotificationOperations extends Performer {
    /**
     * The notifications, the newest first.
     *
     * @param unreadOnly whether to leave out those that were answered or read
     * @throws UnsupportedByServerException at the original
     */
    default List<ExperimentNotification> listNotifications(boolean unreadOnly) {
        return perform(NotificationEndpoints.list(unreadOnly));
    }

    /**
     * Answers a notification.
     *
     * @param action one of {@link ExperimentNotification#actions()}
     * @throws io.synapse.sdk.ConflictException when it was answered before
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws UnsupportedByServerException at the original
     */
    default ExperimentNotification answerNotification(String id, String action) {
        return perform(NotificationEndpoints.answer(id, action));
    }
}
