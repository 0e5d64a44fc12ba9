package io.synapse.sdk.embedded.internal.container;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Keeps the records of builds, so that they survive a restart. Safe for use by several threads. */
final class BuildStore {
    private final Jdbi database;

    BuildStore(Jdbi database) {
        this.database = database;
    }

    Optional<BuildRecord> find(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM build WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> record(row))
                .findOne());
    }

    List<BuildRecord> all() {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM build")
                .map((row, context) -> record(row))
                .list());
    }

    /** Those of a record, the oldest first. */
    List<BuildRecord> of(long container) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM build WHERE container = ? ORDER BY created_at, rowid")
                        .bind(0, container)
                        .map((row, context) -> record(row))
                        .list());
    }

    void save(BuildRecord build) {
        BuildOutcome outcome = build.outcome();
        database.useHandle(handle -> handle.execute(
                """
                INSERT OR REPLACE INTO build (id, container, status, container_id, restarted, rebuilt, error, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                build.id(),
                build.container(),
                build.status().name(),
                outcome == null ? null : outcome.containerId(),
                outcome != null && outcome.restarted(),
                outcome == null ? null : outcome.rebuilt(),
                build.error(),
                build.createdAt().toEpochMilli()));
    }

    void delete(String id) {
        database.useHandle(handle -> handle.execute("DELETE FROM build WHERE id = ?", id));
    }

    private static BuildRecord record(ResultSet row) throws SQLException {
        String containerId = row.getString("container_id");
        return new BuildRecord(
                row.getString("id"),
                row.getLong("container"),
                BuildStatus.valueOf(row.getString("status")),
                containerId == null
                        ? null
                        : new BuildOutcome(containerId, row.getBoolean("restarted"), row.getString("rebuilt")),
                row.getString("error"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
