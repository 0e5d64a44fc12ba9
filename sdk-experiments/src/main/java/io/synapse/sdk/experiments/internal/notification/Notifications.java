package io.synapse.sdk.experiments.internal.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.event.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What users are told and what they answered. Thread-safe. */
public final class Notifications {
    /** The newest ones are kept, answered or not. */
    static final int MAX_KEPT = 10_000;

    private static final int MAX_ACTION_LENGTH = 100;

    private final Jdbi database;
    private final Events events;

    /** Those in these records. */
    public Notifications(Jdbi database, Events events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Tells something, in the transaction of the change that it tells of.
     *
     * @return its id
     */
    public long add(Handle transaction, NewNotification notification) {
        long id = transaction
                .createQuery(
                        "INSERT INTO notification (type, title, message, created_at, experiment_uid, actions, data)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id")
                .bind(0, notification.type().wireName())
                .bind(1, notification.title())
                .bind(2, notification.message())
                .bind(3, Instant.now().toString())
                .bind(4, notification.experimentUid())
                .bind(5, Json.text(notification.actions()))
                .bind(6, Json.text(notification.data()))
                .mapTo(long.class)
                .one();
        transaction.execute("DELETE FROM notification WHERE id <= ?", id - MAX_KEPT);
        tell(transaction, id);
        return id;
    }

    /** The newest first, so many at most. */
    public List<Map<String, @Nullable Object>> list(boolean isUnreadOnly, int limit) {
        String where = isUnreadOnly ? " WHERE action IS NULL" : "";
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM notification" + where + " ORDER BY id DESC LIMIT ?")
                        .bind(0, limit)
                        .map((row, context) -> map(row))
                        .list());
    }

    /** How many have no answer. */
    public long unread() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM notification WHERE action IS NULL")
                        .mapTo(long.class)
                        .one());
    }

    /**
     * Answers one.
     *
     * @throws Failure 404 for an unknown one, 400 for an answer that it does not offer, 409 when it was answered before
     */
    public Map<String, @Nullable Object> answer(long id, String action) {
        return database.inTransaction(transaction -> answer(transaction, id, action));
    }

    private Map<String, @Nullable Object> answer(Handle transaction, long id, String action) {
        Map<String, @Nullable Object> before = get(transaction, id);
        if (before.get("action") != null) {
            throw Failure.conflict("notification " + id + " was answered before: " + before.get("action"));
        }
        List<?> actions = (List<?>) before.get("actions");
        if (actions != null && !actions.isEmpty() && !actions.contains(action)) {
            throw Failure.badRequest("notification " + id + " is answered with one of " + actions);
        }
        if (action.isBlank() || action.length() > MAX_ACTION_LENGTH) {
            throw Failure.badRequest("an action has 1 to " + MAX_ACTION_LENGTH + " characters");
        }
        transaction.execute("UPDATE notification SET action = ? WHERE id = ?", action, id);
        return tell(transaction, id);
    }

    /** Answers one whose subject is settled; does nothing when it was answered before. */
    public void close(Handle transaction, long id, String action) {
        if (transaction.execute("UPDATE notification SET action = ? WHERE id = ? AND action IS NULL", action, id) > 0) {
            tell(transaction, id);
        }
    }

    /**
     * One of them.
     *
     * @throws Failure 404
     */
    public Map<String, @Nullable Object> get(long id) {
        return database.withHandle(handle -> get(handle, id));
    }

    private static Map<String, @Nullable Object> get(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM notification WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> map(row))
                .findOne()
                .orElseThrow(() -> Failure.notFound("there is no notification " + id));
    }

    private Map<String, @Nullable Object> tell(Handle transaction, long id) {
        Map<String, @Nullable Object> now = get(transaction, id);
        events.record(transaction, "notification", now);
        return now;
    }

    private static Map<String, @Nullable Object> map(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", String.valueOf(row.getLong("id")));
        for (String column : List.of("type", "title", "message", "created_at", "experiment_uid", "action")) {
            map.put(column, row.getString(column));
        }
        map.put("read", row.getString("action") != null);
        map.put("actions", Json.MAPPER.convertValue(tree(row, "actions"), List.class));
        map.put("data", tree(row, "data"));
        return map;
    }

    private static JsonNode tree(ResultSet row, String column) throws SQLException {
        return Json.tree(row.getString(column));
    }
}
