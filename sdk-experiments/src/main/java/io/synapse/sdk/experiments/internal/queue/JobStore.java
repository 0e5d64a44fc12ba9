package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Gpu;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The statements that read and change the records of jobs, each in a transaction of its caller. Thread-safe. */
final class JobStore {
    private static final String FITTING = """
            SELECT count(*) FROM json_each(:gpus) AS gpu
            WHERE json_extract(gpu.value, '$.free') >= wanted_gpu_memory
              AND (wanted_gpu IS NULL OR json_extract(gpu.value, '$.id') = wanted_gpu)
              AND instr(lower(json_extract(gpu.value, '$.name')), lower(wanted_gpu_name)) > 0
            """;

    private static final String NEXT = """
            SELECT sequence FROM job
            WHERE status = 'queued'
              AND (wanted_host IS NULL OR wanted_host = :host)
              AND wanted_memory <= :memory AND wanted_disk <= :disk
              AND (%s) >= ifnull(
                wanted_gpus, iif(wanted_gpu IS NOT NULL OR wanted_gpu_memory > 0 OR wanted_gpu_name <> '', 1, :usual))
            ORDER BY priority DESC, sequence LIMIT 1
            """.formatted(FITTING);

    /** One statement: of any number of machines that ask at once, one gets the job. */
    private static final String CLAIM = """
            UPDATE job SET status = 'assigned', host = :host, attempt = attempt + 1, pid = NULL, assigned_at = :now,
              assigned_device = NULL, exit_code = NULL, failure_kind = NULL, error_message = NULL
            WHERE sequence = (%s)
            RETURNING *
            """.formatted(NEXT);

    private static final String INSERT = """
            INSERT INTO job (uid, name, project, config_path, status, priority, given, sweep, wanted_host, wanted_gpu,
              wanted_gpus, wanted_gpu_memory, wanted_gpu_name, wanted_memory, wanted_disk, max_retries, retry_on_failure,
              created_at, created_running)
            VALUES (:uid, :name, :project, :configPath, 'queued', :priority, :given, :sweep, :host, :gpu, :gpus, :gpuMemory,
              :gpuName, :memory, :disk, :maxRetries, :retryOnFailure, :now, :running)
            """;

    private final RunningTime time;

    JobStore(RunningTime time) {
        this.time = time;
    }

    /** Whether a job waits that fits this machine. */
    boolean isAnyFor(Handle handle, String host, @Nullable Device device, List<Gpu> idle) {
        return bound(handle.createQuery(NEXT), host, device, idle)
                .mapTo(long.class)
                .findOne()
                .isPresent();
    }

    /** Gives the first job that fits to this machine. */
    Optional<Job> claim(Handle handle, String host, @Nullable Device device, List<Gpu> idle) {
        return bound(handle.createQuery(CLAIM), host, device, idle)
                .bind("now", Instant.now().toString())
                .map((row, context) -> Job.of(row))
                .findOne();
    }

    private static Query bound(Query query, String host, @Nullable Device device, List<Gpu> idle) {
        List<Map<String, Object>> gpus = idle.stream()
                .map(gpu -> Map.<String, Object>of("id", gpu.id(), "name", gpu.name(), "free", gpu.free()))
                .toList();
        boolean hasGpus = device != null && !device.beat().gpus().isEmpty();
        return query.bind("host", host)
                .bind("memory", device == null ? 0 : device.beat().number("memory_total"))
                .bind("disk", device == null ? 0 : device.beat().number("disk_free"))
                .bind("gpus", Json.text(gpus))
                .bind("usual", hasGpus ? 1 : 0);
    }

    /** Says which GPUs of its machine a job has. */
    void assign(Handle handle, String uid, String device) {
        handle.execute("UPDATE job SET assigned_device = ? WHERE uid = ?", device, uid);
    }

    /** The job of that uid. */
    Optional<Job> find(Handle handle, String uid) {
        return handle.createQuery("SELECT * FROM job WHERE uid = ?")
                .bind(0, uid)
                .map((row, context) -> Job.of(row))
                .findOne();
    }

    /** Those that a machine holds, or held last and may come back to. */
    List<Job> of(Handle handle, String host) {
        return handle.createQuery("SELECT * FROM job WHERE host = ?")
                .bind(0, host)
                .map((row, context) -> Job.of(row))
                .list();
    }

    /** Those that some machine holds. */
    List<Job> held(Handle handle) {
        return handle.createQuery("SELECT * FROM job WHERE host IS NOT NULL")
                .map((row, context) -> Job.of(row))
                .filter(Job::isHeld)
                .list();
    }

    /** Those of a sweep. */
    List<Job> ofSweep(Handle handle, String sweep) {
        return handle.createQuery("SELECT * FROM job WHERE sweep = ? ORDER BY sequence")
                .bind(0, sweep)
                .map((row, context) -> Job.of(row))
                .list();
    }

    /** The config of a job. */
    Optional<String> config(Handle handle, String uid) {
        return handle.createQuery("SELECT text FROM job_config WHERE uid = ?")
                .bind(0, uid)
                .mapTo(String.class)
                .findOne();
    }

    /** Adds these to the end of the queue, in their order. */
    void add(Handle handle, List<NewJob> jobs, String now) {
        PreparedBatch rows = handle.prepareBatch(INSERT);
        PreparedBatch configs = handle.prepareBatch("INSERT INTO job_config (uid, text) VALUES (?, ?)");
        for (NewJob job : jobs) {
            Requirements wanted = job.wanted();
            rows.bind("uid", job.uid())
                    .bind("name", job.name())
                    .bind("project", job.project())
                    .bind("configPath", job.configPath())
                    .bind("priority", job.priority().value())
                    .bind("given", job.given().toString())
                    .bind("sweep", job.sweep())
                    .bind("host", wanted.host())
                    .bind("gpu", wanted.gpu())
                    .bind("gpus", wanted.gpus())
                    .bind("gpuMemory", wanted.gpuMemory())
                    .bind("gpuName", wanted.gpuName())
                    .bind("memory", wanted.memory())
                    .bind("disk", wanted.disk())
                    .bind("maxRetries", job.maxRetries())
                    .bind("retryOnFailure", job.isRetriedOnFailure())
                    .bind("now", now)
                    .bind("running", time.millis())
                    .add();
            configs.bind(0, job.uid()).bind(1, job.config()).add();
        }
        rows.execute();
        configs.execute();
    }

    /** Deletes a job, with what others have on record of it. Its runs stay, and are then those of no job. */
    void delete(Handle handle, String uid) {
        for (String table : List.of("job_config", "job_sync", "job_file", "job")) {
            handle.execute("DELETE FROM " + table + " WHERE uid = ?", uid);
        }
        handle.execute("DELETE FROM component_manifest WHERE experiment_uid = ?", uid);
    }

    /** Puts on record what has become of a job. */
    void apply(Handle handle, Job job, Verdict verdict) {
        if (verdict instanceof Verdict.Run run) {
            update(
                    handle,
                    job,
                    "status = 'running', pid = :pid, unconfirmed = 0, failure_kind = NULL, started_at = :now,"
                            + " started_running = :running, completed_at = NULL, ended_running = NULL",
                    Map.of("pid", Optional.ofNullable(run.pid())));
        } else if (verdict instanceof Verdict.GoOn) {
            goOn(handle, job);
        } else if (verdict instanceof Verdict.Requeue requeue) {
            requeue(handle, job, requeue);
        } else if (verdict instanceof Verdict.End end) {
            end(handle, job, end);
        } else if (verdict instanceof Verdict.Cancel cancel) {
            update(
                    handle,
                    job,
                    "status = 'cancelled', stopping = :stopping, host = iif(:stopping, host, NULL), completed_at = :now,"
                            + " ended_running = :running",
                    Map.of("stopping", cancel.isStopping()));
        } else if (verdict instanceof Verdict.Release) {
            update(handle, job, "stopping = 0, host = NULL", Map.of());
        } else if (verdict instanceof Verdict.Pause) {
            update(handle, job, "host = iif(status = 'queued', NULL, host), status = 'paused'", Map.of());
        } else if (verdict instanceof Verdict.Resume resume) {
            update(
                    handle,
                    job,
                    "status = :status",
                    Map.of("status", resume.status().word()));
        } else if (verdict instanceof Verdict.Prioritize prioritize) {
            update(
                    handle,
                    job,
                    "priority = :priority",
                    Map.of("priority", prioritize.priority().value()));
        }
    }

    /** The loss that was none is not counted. */
    private void goOn(Handle handle, Job job) {
        boolean wasLost = JobDecisions.WORKER_LOST.equals(job.failureKind());
        String start = job.startedAt() == null || !wasLost ? ", started_at = :now, started_running = :running" : "";
        update(
                handle,
                job,
                "status = 'running', unconfirmed = 0, failure_kind = NULL, error_message = NULL,"
                        + " retry_count = retry_count - :counted" + start,
                Map.of("counted", wasLost ? 1 : 0));
    }

    private void requeue(Handle handle, Job job, Verdict.Requeue requeue) {
        String what = switch (requeue.cause()) {
            case WORKER_LOST -> "retry_count = retry_count + 1, failure_kind = 'worker_lost'";
            case NOT_DELIVERED -> "assigned_at = NULL, assigned_device = NULL";
            case NOT_STARTED -> "unconfirmed = unconfirmed + 1, failure_kind = 'not_started'";
            case PROGRAM_FAILED -> "retry_count = retry_count + 1, failure_kind = 'program_failed'";
            case RETRIED ->
                "retry_count = 0, unconfirmed = 0, failure_kind = NULL, error_message = NULL, exit_code = NULL,"
                        + " completed_at = NULL, ended_running = NULL";
        };
        boolean mayComeBack = requeue.cause() != Verdict.Cause.PROGRAM_FAILED && requeue.status() == JobStatus.QUEUED;
        update(
                handle,
                job,
                "status = :status, host = iif(:mayComeBack, host, NULL), " + what,
                Map.of("status", requeue.status().word(), "mayComeBack", mayComeBack));
    }

    private void end(Handle handle, Job job, Verdict.End end) {
        update(
                handle,
                job,
                "status = :status, failure_kind = :kind, error_message = :error, exit_code = :exitCode, host = NULL,"
                        + " completed_at = :now, ended_running = :running",
                Map.of(
                        "status", end.status().word(),
                        "kind", Optional.ofNullable(end.failureKind()),
                        "error", Optional.ofNullable(end.error()),
                        "exitCode", Optional.ofNullable(end.exitCode())));
    }

    private void update(Handle handle, Job job, String changes, Map<String, Object> values) {
        Update update = handle.createUpdate("UPDATE job SET " + changes + " WHERE uid = :uid");
        values.forEach((name, value) ->
                update.bind(name, value instanceof Optional<?> some ? some.orElse(null) : value));
        update.bind("uid", job.uid())
                .bind("now", Instant.now().toString())
                .bind("running", time.millis())
                .execute();
    }
}
