package io.synapse.sdk.experiment;

import io.synapse.sdk.Operation;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.List;

/** The requests of the blocking and the asynchronous notification operations. */
final class NotificationEndpoints {
    private NotificationEndpoints() {}

    static Operation<List<ExperimentNotification>> list(boolean unreadOnly) {
        return ExperimentProtocol.with(dialect -> dialect.notifications(unreadOnly));
    }

    static Operation<ExperimentNotification> answer(String id, String action) {
        return QueueEndpoints.with("notification", id, (dialect, checked) -> dialect.answer(checked, action));
    }
}
