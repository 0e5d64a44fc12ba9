package io.synapse.sdk.embedded.internal.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps the records of jobs, so that they survive a restart. Thread-safe. */
final class JobStore {
    private final Jdbi database;

    JobStore(Jdbi database) {
        this.database = database;
    }

    /** All jobs, in the order of their submission. */
    List<JobRecord> jobs() {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM job ORDER BY position")
                .map((row, context) -> record(row))
                .list());
    }

    /** Puts a new job on record; the folder of its id is its own from then on. */
    void add(JobRecord job) {
        database.useTransaction(handle -> {
            handle.execute("DELETE FROM deleted_job WHERE id = ?", job.id());
            save(handle, job);
        });
    }

    /** Puts a job on record, in place of what was there before. */
    void save(JobRecord job) {
        database.useHandle(handle -> save(handle, job));
    }

    private static void save(Handle handle, JobRecord job) {
        ProcessIdentity process = job.process();
        handle.createUpdate("""
                        INSERT OR REPLACE INTO job (id, position, request, status, message, error_type, start_time, end_time,
                          exit_code, pid, process_started, stop_requested)
                        VALUES (:id, :position, :request, :status, :message, :errorType, :startTime, :endTime, :exitCode,
                          :pid, :processStarted, :stopRequested)
                        """)
                .bind("id", job.id())
                .bind("position", job.order())
                .bind("request", write(job.request().body()))
                .bind("status", job.status().value())
                .bind("message", job.message())
                .bind("errorType", job.errorType())
                .bind("startTime", milliseconds(job.startTime()))
                .bind("endTime", milliseconds(job.endTime()))
                .bind("exitCode", job.exitCode())
                .bind("pid", process == null ? null : process.pid())
                .bind("processStarted", process == null ? null : process.started())
                .bind("stopRequested", job.stopRequested())
                .execute();
    }

    /** The ids of jobs whose folders are still to be deleted. */
    List<String> deleted() {
        return database.withHandle(handle -> handle.createQuery("SELECT id FROM deleted_job")
                .mapTo(String.class)
                .list());
    }

    /** Deletes a job, if there is one; from then on its folder is to be deleted. */
    void delete(String id) {
        database.useTransaction(handle -> {
            handle.execute("INSERT OR IGNORE INTO deleted_job (id) VALUES (?)", id);
            handle.execute("DELETE FROM job WHERE id = ?", id);
        });
    }

    /** The folder of a deleted job is gone. */
    void forgetDeleted(String id) {
        database.useHandle(handle -> handle.execute("DELETE FROM deleted_job WHERE id = ?", id));
    }

    private static JobRecord record(ResultSet row) throws SQLException {
        long pid = row.getLong("pid");
        String started = row.getString("process_started");
        int exitCode = row.getInt("exit_code");
        boolean exitKnown = !row.wasNull();
        return new JobRecord(
                row.getString("id"),
                row.getLong("position"),
                new JobRequest((ObjectNode) read(row.getString("request"))),
                new JobStatus(row.getString("status")),
                row.getString("message"),
                row.getString("error_type"),
                instant(row, "start_time"),
                instant(row, "end_time"),
                exitKnown ? exitCode : null,
                started == null ? null : new ProcessIdentity(pid, started),
                row.getBoolean("stop_requested"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long milliseconds = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(milliseconds);
    }

    private static @Nullable Long milliseconds(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the agent's records are damaged", e);
        }
    }

    private static String write(JsonNode json) {
        try {
            return Json.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
