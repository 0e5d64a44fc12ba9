package io.synapse.sdk.experiments.internal.component;

import io.synapse.sdk.experiments.internal.event.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The records of components. Each method runs in the transaction it is given. */
final class ComponentStore {
    private static final String VERSION = "SELECT v.*, v.hash IS c.active AS is_active"
            + " FROM component_version v JOIN component c ON c.path = v.path";
    private static final RowMapper<ComponentVersion> MAPPER = (row, context) -> version(row);

    private final Events events;

    ComponentStore(Events events) {
        this.events = events;
    }

    /**
     * What is known of a component.
     *
     * @param active the hash of its active version; null when none is
     * @param scanned the hash of the local file when both sides were last known to agree; null when they never were
     */
    record State(
            String path, @Nullable String active, @Nullable String scanned) {}

    Optional<State> state(Handle transaction, ComponentPath path) {
        return transaction
                .createQuery("SELECT path, active, scanned FROM component WHERE path = ?")
                .bind(0, path.toString())
                .map((row, context) -> state(row))
                .findOne();
    }

    List<State> states(Handle transaction) {
        return transaction
                .createQuery("SELECT path, active, scanned FROM component ORDER BY path")
                .map((row, context) -> state(row))
                .list();
    }

    List<ComponentVersion> versions(Handle transaction, ComponentPath path) {
        return transaction
                .createQuery(VERSION + " WHERE v.path = ? ORDER BY v.id DESC")
                .bind(0, path.toString())
                .map(MAPPER)
                .list();
    }

    /** Those of this hash, the oldest first: one for each path that has these bytes. */
    List<ComponentVersion> versions(Handle transaction, String hash) {
        return transaction
                .createQuery(VERSION + " WHERE v.hash = ? ORDER BY v.id")
                .bind(0, hash)
                .map(MAPPER)
                .list();
    }

    Optional<ComponentVersion> version(Handle transaction, ComponentPath path, String hash) {
        return transaction
                .createQuery(VERSION + " WHERE v.path = ? AND v.hash = ?")
                .bind(0, path.toString())
                .bind(1, hash)
                .map(MAPPER)
                .findOne();
    }

    Optional<ComponentVersion> active(Handle transaction, ComponentPath path) {
        return transaction
                .createQuery(VERSION + " WHERE v.path = ? AND v.hash = c.active")
                .bind(0, path.toString())
                .map(MAPPER)
                .findOne();
    }

    boolean isKnown(Handle transaction, ComponentPath path, String hash) {
        return version(transaction, path, hash).isPresent();
    }

    /** Whether it was not there before. */
    boolean add(Handle transaction, ComponentPath path, String hash, byte[] content) {
        String now = Instant.now().toString();
        transaction.execute(
                "INSERT INTO component (path, updated_at) VALUES (?, ?) ON CONFLICT DO NOTHING", path.toString(), now);
        boolean isNew = transaction.execute(
                        "INSERT INTO component_version (path, hash, content, created_at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        path.toString(),
                        hash,
                        content,
                        now)
                > 0;
        if (isNew) {
            tell(transaction, path, hash, "uploaded");
        }
        return isNew;
    }

    void activate(Handle transaction, ComponentPath path, String hash) {
        int changed = transaction.execute(
                "UPDATE component SET active = ?, updated_at = ? WHERE path = ? AND active IS NOT ?",
                hash,
                Instant.now().toString(),
                path.toString(),
                hash);
        if (changed > 0) {
            tell(transaction, path, hash, "activated");
        }
    }

    /** Remembers the local file with which the active version agrees. */
    void agree(Handle transaction, ComponentPath path, @Nullable String localHash) {
        transaction.execute("UPDATE component SET scanned = ? WHERE path = ?", localHash, path.toString());
    }

    void tell(Handle transaction, ComponentPath path, @Nullable String hash, String action) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("path", path.toString());
        data.put("hash", hash);
        data.put("action", action);
        events.record(transaction, "component_update", data);
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(row.getString("path"), row.getString("active"), row.getString("scanned"));
    }

    private static ComponentVersion version(ResultSet row) throws SQLException {
        return ComponentVersion.of(
                row.getString("path"),
                row.getString("hash"),
                row.getBoolean("is_active"),
                row.getString("created_at"),
                row.getBytes("content"));
    }
}
