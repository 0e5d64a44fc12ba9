package io.synapse.sdk.embedded.internal.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of containers, so that they survive a restart. The database itself sees to it that a release and
 * model have one record, and a port one container. Safe for use by several threads.
 */
final class ContainerStore {
    private final Jdbi database;

    /** The store in this database. */
    ContainerStore(Jdbi database) {
        this.database = database;
    }

    /** What tells the containers of this agent from those of others, for as long as its data directory lasts. */
    String agentIdentity() {
        return database.inTransaction(handle -> {
            handle.execute(
                    "INSERT OR IGNORE INTO agent_identity (id, identity) VALUES (1, ?)",
                    UUID.randomUUID().toString());
            return handle.createQuery("SELECT identity FROM agent_identity")
                    .mapTo(String.class)
                    .one();
        });
    }

    /** All records, in the order of their numbers. */
    List<ContainerRecord> all() {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM container ORDER BY id")
                .map((row, context) -> record(row))
                .list());
    }

    /** The record of this number. */
    Optional<ContainerRecord> find(long id) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM container WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> record(row))
                .findOne());
    }

    /**
     * A record by its number, or by its container's Docker id, of which 12 letters will do.
     *
     * @throws RefusedException with 404 when there is none
     */
    ContainerRecord get(String id) {
        Optional<ContainerRecord> numbered = id.matches("\\d{1,18}") ? find(Long.parseLong(id)) : Optional.empty();
        return numbered.or(() -> all().stream()
                        .filter(record -> record.containerId() != null
                                && id.length() >= 12
                                && record.containerId().startsWith(id))
                        .findFirst())
                .orElseThrow(() -> new RefusedException(404, "there is no container " + id));
    }

    /** The record of this release and model, made where there is none. */
    ContainerRecord of(String release, @Nullable Long model, ContainerOrder order, Instant now) {
        return database.inTransaction(handle -> {
            handle.execute(
                    """
                    INSERT INTO container (plugin_release, model, status, wanted, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    release,
                    model,
                    ContainerStatus.BUILDING.name(),
                    order.fields().toString(),
                    now.toEpochMilli(),
                    now.toEpochMilli());
            return handle.createQuery("SELECT * FROM container WHERE plugin_release = ? AND model IS ?")
                    .bind(0, release)
                    .bind(1, model)
                    .map((row, context) -> record(row))
                    .one();
        });
    }

    /** Puts a record in the place of the one of its number; nothing, where that was deleted. */
    void save(ContainerRecord container) {
        database.useHandle(handle -> update(handle, container, ""));
    }

    /** The same, unless the record is no longer as it was seen. */
    void replace(ContainerRecord seen, ContainerRecord container) {
        database.useHandle(handle -> update(handle, container, """
                 AND status = '%s' AND updated_at = %d
                """.formatted(
                        seen.status().name(), seen.updatedAt().toEpochMilli())));
    }

    private static void update(Handle handle, ContainerRecord container, String condition) {
        handle.createUpdate("""
                        UPDATE container SET status = :status, error = :error, wanted = :wanted, image = :image,
                          content = :content, container_id = :containerId, container_name = :containerName, host_port = :port,
                          updated_at = :updatedAt
                        WHERE id = :id""" + condition)
                .bind("id", container.id())
                .bind("status", container.status().name())
                .bind("error", container.error())
                .bind("wanted", container.order().fields().toString())
                .bind("image", container.image())
                .bind("content", container.content())
                .bind("containerId", container.containerId())
                .bind("containerName", container.containerName())
                .bind("port", container.port())
                .bind("updatedAt", container.updatedAt().toEpochMilli())
                .execute();
    }

    void delete(long id) {
        database.useHandle(handle -> handle.execute("DELETE FROM container WHERE id = ?", id));
    }

    private static ContainerRecord record(ResultSet row) throws SQLException {
        long model = row.getLong("model");
        boolean hasModel = !row.wasNull();
        int port = row.getInt("host_port");
        boolean hasPort = !row.wasNull();
        return new ContainerRecord(
                row.getLong("id"),
                row.getString("plugin_release"),
                hasModel ? model : null,
                ContainerStatus.valueOf(row.getString("status")),
                row.getString("error"),
                new ContainerOrder(object(row.getString("wanted"))),
                row.getString("image"),
                row.getString("content"),
                row.getString("container_id"),
                row.getString("container_name"),
                hasPort ? port : null,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the agent's records are damaged", e);
        }
    }
}
