package io.synapse.sdk.experiments.internal.notification;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told.
 *
 * @param experimentUid the job that it is about
 * @param actions the answers among which there is a choice; none if it can only be acknowledged
 * @param data what programs need to know, as JSON has it
 */
public record NewNotification(
        NotificationType type,
        String title,
        String message,
        @Nullable String experimentUid,
        List<String> actions,
        Map<String, ? extends @Nullable Object> data) {
    /** One that can only be acknowledged. */
    public static NewNotification of(
            NotificationType type, String title, String message, @Nullable String experimentUid) {
        return new NewNotification(type, title, message, experimentUid, List.of(), Map.of());
    }
}
