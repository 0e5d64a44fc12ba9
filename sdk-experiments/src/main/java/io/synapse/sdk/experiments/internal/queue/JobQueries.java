package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.RunningTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads of jobs what clients want to see. Thread-safe. */
public final class JobQueries {
    private static final String PLACES = """
            (SELECT sequence AS queued, row_number() OVER (ORDER BY priority DESC, sequence) AS place
             FROM job WHERE status = 'queued')
            """;

    /** The place of one job: those before it are counted, and the others not looked at. */
    private static final String WITH_PLACE = """
            SELECT *, iif(status = 'queued',
              (SELECT count(*) FROM job AS other WHERE other.status = 'queued' AND (other.priority > job.priority
                OR other.priority = job.priority AND other.sequence <= job.sequence)),
              NULL) AS place
            FROM job WHERE uid = ?
            """;

    private final JobQueue queue;
    private final JobDocuments documents;
    private final RunningTime time;
    private final Path logs;

    /**
     * Which jobs are wanted.
     *
     * @param status null for any
     * @param project null for any
     */
    public record Filter(@Nullable String status, @Nullable String project, int limit, int offset) {
        /** Refuses with 422 a status that is none. */
        public Filter {
            if (status != null && JobStatus.of(status).isEmpty()) {
                throw Failure.invalid("enum", List.of("query", "status"), "Input should be " + JobStatus.words());
            }
        }
    }

    /** Jobs, and how many there are of them beyond the page. */
    public record Found(List<Map<String, @Nullable Object>> jobs, long total) {}

    /**
     * Reads of this queue.
     *
     * @param logs the folder with a folder for each job
     */
    public JobQueries(JobQueue queue, JobDocuments documents, RunningTime time, Path logs) {
        this.queue = queue;
        this.documents = documents;
        this.time = time;
        this.logs = logs;
    }

    /**
     * One job.
     *
     * @throws Failure when there is none: 404
     */
    public Map<String, @Nullable Object> get(String uid) {
        return queue.transactions()
                .read(handle -> handle.createQuery(WITH_PLACE)
                        .bind(0, uid)
                        .map((row, context) -> placed(Job.of(row), row.getObject("place")))
                        .findOne())
                .orElseThrow(() -> Failure.notFound("Experiment not found: " + uid));
    }

    /** The newest jobs first. */
    public Found list(Filter filter) {
        return queue.transactions()
                .read(handle -> new Found(
                        filtered(
                                        handle,
                                        "SELECT * FROM job LEFT JOIN " + PLACES + " ON queued = sequence",
                                        filter,
                                        true)
                                .map((row, context) -> placed(Job.of(row), row.getObject("place")))
                                .list(),
                        total(handle, filter)));
    }

    private Map<String, @Nullable Object> placed(Job job, @Nullable Object place) {
        Map<String, @Nullable Object> document = documents.full(job);
        document.put("position", place);
        return document;
    }

    /** The newest jobs first, in the form of the history. */
    public Found history(Filter filter) {
        return queue.transactions()
                .read(handle -> new Found(
                        filtered(handle, "SELECT * FROM job", filter, true)
                                .map((row, context) -> record(Job.of(row)))
                                .list(),
                        total(handle, filter)));
    }

    private Map<String, @Nullable Object> record(Job job) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("experiment_uid", job.uid());
        record.put("name", job.name());
        record.put("project", job.project());
        record.put("status", job.status().word());
        record.put("created_at", job.createdAt());
        record.put("started_at", job.startedAt());
        record.put("completed_at", job.completedAt());
        record.put("config_path", job.configPath());
        record.put("log_path", log(job, "terminal_log.log"));
        record.put("error_log_path", log(job, "terminal_err.log"));
        record.put("assigned_device", job.assignedDevice());
        record.put("priority", job.priority().word());
        record.put("exit_code", job.exitCode());
        record.put("error_message", job.errorMessage());
        record.put("attempt", job.attempt());
        record.put("last_indexed", job.completedAt() == null ? job.createdAt() : job.completedAt());
        record.put("metadata", documents.metadata(job));
        return record;
    }

    private @Nullable String log(Job job, String name) {
        return Files.isRegularFile(logs.resolve(job.uid()).resolve(name))
                ? "queue_logs/" + job.uid() + "/" + name
                : null;
    }

    private static long total(Handle handle, Filter filter) {
        return filtered(handle, "SELECT count(*) FROM job", filter, false)
                .mapTo(long.class)
                .one();
    }

    private static Query filtered(Handle handle, String select, Filter filter, boolean isPage) {
        String where = (filter.status() == null ? "" : " AND status = :status")
                + (filter.project() == null ? "" : " AND project = :project");
        Query query = handle.createQuery(
                select + " WHERE 1" + where + (isPage ? " ORDER BY sequence DESC LIMIT :limit OFFSET :offset" : ""));
        if (filter.status() != null) {
            query.bind("status", filter.status());
        }
        if (filter.project() != null) {
            query.bind("project", filter.project());
        }
        return isPage ? query.bind("limit", filter.limit()).bind("offset", filter.offset()) : query;
    }

    /** How many jobs there are in each state. */
    Map<String, Long> counts() {
        return queue.transactions()
                .read(handle -> handle.createQuery("SELECT status, count(*) AS number FROM job GROUP BY status")
                        .map((row, context) -> Map.entry(row.getString("status"), row.getLong("number")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Averages and the longest, in milliseconds; null where there is no job for it. */
    Map<String, @Nullable Double> durations() {
        return queue.transactions()
                .read(handle -> handle.createQuery("""
                        SELECT avg(started_running - created_running) AS queued,
                          avg(ended_running - started_running) AS ran,
                          max(iif(status = 'running', :now - started_running, NULL)) AS longest
                        FROM job
                        """)
                        .bind("now", time.millis())
                        .map((row, context) -> {
                            Map<String, @Nullable Double> durations = new LinkedHashMap<>();
                            for (String name : List.of("queued", "ran", "longest")) {
                                double value = row.getDouble(name);
                                durations.put(name, row.wasNull() ? null : value);
                            }
                            return durations;
                        })
                        .one());
    }

    /** The uids of the jobs that each machine holds. */
    public Map<String, List<String>> held() {
        return queue.transactions()
                .read(handle -> queue.store().held(handle).stream()
                        .collect(Collectors.groupingBy(
                                job -> String.valueOf(job.host()), Collectors.mapping(Job::uid, Collectors.toList()))));
    }

    /** How many GPUs jobs have at present. */
    int heldGpus() {
        return queue.transactions()
                .read(handle -> queue.store().held(handle).stream()
                        .mapToInt(job -> JobQueue.gpus(job).size())
                        .sum());
    }
}
