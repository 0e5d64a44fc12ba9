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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of jobs, so that they survive a restart; of those that are not over, also in memory, without what was
 * asked for. Thread-safe.
 */
final class JobStore {
    private static final List<String> TERMINAL = Stream.of(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.STOPPED)
            .map(JobStatus::value)
            .toList();

    private static final int PAGE = 100;
    private static final int PAGE_CHARACTERS = 256 << 10;

    private final Jdbi database;
    private final Map<String, JobRecord> unfinished = new ConcurrentHashMap<>();

    JobStore(Jdbi database) {
        this.database = database;
        database.useHandle(handle -> handle.createQuery("SELECT * FROM job WHERE status NOT IN (<over>)")
                .bindList("over", TERMINAL)
                .map((row, context) -> record(row))
                .forEach(job -> unfinished.put(job.id(), job)));
    }

    /** The jobs that are not over, in the order of their submission. */
    List<JobRecord> unfinished() {
        return unfinished.values().stream()
                .sorted(Comparator.comparingLong(JobRecord::order))
                .toList();
    }

    /** The job of that id, if it is not over. */
    Optional<JobRecord> unfinished(String id) {
        return Optional.ofNullable(unfinished.get(id));
    }

    /** The job of that id. */
    Optional<JobRecord> find(String id) {
        return unfinished(id)
                .or(() -> database.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = ?")
                        .bind(0, id)
                        .map((row, context) -> record(row))
                        .findOne()));
    }

    /** The job of that id, with what was asked for. */
    Optional<SubmittedJob> submitted(String id) {
        return find(id).flatMap(job -> request(id).map(request -> new SubmittedJob(job, request)));
    }

    /** What was asked for with that id. */
    Optional<JobRequest> request(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT request FROM job WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> request(row))
                .findOne());
    }

    /** All jobs, in the order of their submission, read as they are taken. */
    Stream<SubmittedJob> list() {
        return Stream.iterate(
                        after(0),
                        page -> !page.isEmpty(),
                        page -> after(page.get(page.size() - 1).record().order()))
                .flatMap(List::stream);
    }

    /** The ids of all jobs. */
    Set<String> ids() {
        return database.withHandle(handle ->
                handle.createQuery("SELECT id FROM job").mapTo(String.class).set());
    }

    /** The order of the newest job; 0 when there is none. */
    long newest() {
        return database.withHandle(handle -> handle.createQuery("SELECT ifnull(max(position), 0) FROM job")
                .mapTo(long.class)
                .one());
    }

    /**
     * Some jobs, in the order of their submission: the next after that one, 0 for the first. As many as fit into a part of
     * the memory; none only when there are no more.
     */
    private List<SubmittedJob> after(long order) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM job WHERE position > ? ORDER BY position LIMIT ?")
                .bind(0, order)
                .bind(1, PAGE)
                .scanResultSet((result, context) -> {
                    ResultSet rows = result.get();
                    List<SubmittedJob> jobs = new ArrayList<>();
                    long characters = 0;
                    while (characters < PAGE_CHARACTERS && rows.next()) {
                        jobs.add(new SubmittedJob(record(rows), request(rows)));
                        characters += rows.getString("request").length();
                    }
                    return jobs;
                }));
    }

    /** Puts a new job on record; the folder of its id is its own from then on. */
    void add(JobRecord job, JobRequest request) {
        database.useTransaction(handle -> {
            handle.execute("DELETE FROM deleted_job WHERE id = ?", job.id());
            handle.execute(
                    "INSERT INTO job (id, position, request, status, message, stop_requested) VALUES (?, ?, ?, '', '', 0)",
                    job.id(),
                    job.order(),
                    write(request.body()));
            save(handle, job);
        });
        unfinished.put(job.id(), job);
    }

    /** Puts on record how a job stands. */
    void save(JobRecord job) {
        database.useHandle(handle -> save(handle, job));
        if (job.status().isTerminal()) {
            unfinished.remove(job.id());
        } else {
            unfinished.put(job.id(), job);
        }
    }

    private static void save(Handle handle, JobRecord job) {
        ProcessIdentity process = job.process();
        handle.createUpdate("""
                        UPDATE job SET status = :status, message = :message, error_type = :errorType,
                          start_time = :startTime, end_time = :endTime, exit_code = :exitCode, pid = :pid,
                          process_started = :processStarted, stop_requested = :stopRequested
                        WHERE id = :id
                        """)
                .bind("id", job.id())
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
                new JobStatus(row.getString("status")),
                row.getString("message"),
                row.getString("error_type"),
                instant(row, "start_time"),
                instant(row, "end_time"),
                exitKnown ? exitCode : null,
                started == null ? null : new ProcessIdentity(pid, started),
                row.getBoolean("stop_requested"));
    }

    private static JobRequest request(ResultSet row) throws SQLException {
        return new JobRequest((ObjectNode) read(row.getString("request")));
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
