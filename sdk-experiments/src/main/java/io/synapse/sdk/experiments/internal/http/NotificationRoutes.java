package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.component.ComponentPath;
import io.synapse.sdk.experiments.internal.component.ComponentSync;
import io.synapse.sdk.experiments.internal.notification.NotificationType;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users are told, and their answers.
 *
 * @param notifications all of them
 * @param components where the answer to a conflict takes effect
 */
public record NotificationRoutes(Notifications notifications, ComponentSync components) {
    private static final int MAX_LIST = 1_000;

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/notifications", this::list);
        routes.post("/api/notifications/{id}", this::answer);
    }

    private void list(Context request) {
        boolean isUnreadOnly = "true".equals(request.queryParam("unread"));
        int limit = (int) Parameters.number(request, "limit", 1, MAX_LIST).orElse(100);
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("unread", notifications.unread());
        Replies.data(request, notifications.list(isUnreadOnly, limit), meta);
    }

    private void answer(Context request) {
        String given = request.pathParam("id");
        if (!given.matches("\\d{1,18}")) {
            throw Failure.notFound("there is no notification " + given);
        }
        long id = Long.parseLong(given);
        String action = Fields.text(Replies.body(request), "action");
        Map<String, @Nullable Object> notification = notifications.get(id);
        boolean isOpenConflict = NotificationType.SYNC_CONFLICT.wireName().equals(notification.get("type"))
                && notification.get("action") == null
                && ComponentSync.RESOLUTIONS.contains(action);
        if (isOpenConflict) {
            components.resolve(path(notification), action, id);
            Replies.data(request, notifications.get(id), "Notification answered");
        } else {
            Replies.data(request, notifications.answer(id, action), "Notification answered");
        }
    }

    private static ComponentPath path(Map<String, @Nullable Object> notification) {
        return notification.get("data") instanceof JsonNode data
                ? ComponentPath.parse(data.path("path").asText())
                : ComponentPath.parse("");
    }
}
