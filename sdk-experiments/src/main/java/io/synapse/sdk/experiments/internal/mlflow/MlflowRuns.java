package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.metric.MetricPage;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.RunRecords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps what clients of MLflow's REST log, among the other runs. Thread-safe. */
public final class MlflowRuns {
    /** The state of a run that can still be restored. */
    static final String DELETED = "deleted";

    private static final String NAME_TAG = "mlflow.runName";
    private static final int RANDOM = 8;
    private static final int MAX_DATASETS = 1000;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private static final Map<String, String> STATUSES = Map.of(
            "RUNNING", "running",
            "SCHEDULED", "queued",
            "FINISHED", "completed",
            "FAILED", "failed",
            "KILLED", "cancelled");

    private final Jdbi database;
    private final MetricStore metrics;
    private final Events events;
    private final InstantSource clock;

    public MlflowRuns(Jdbi database, MetricStore metrics, Events events, InstantSource clock) {
        this.database = database;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Some points of a metric in the order in which they came.
     *
     * @param next what to ask the next page with; none after the last point
     */
    public record History(List<MlflowPoint> points, OptionalLong next) {}

    /**
     * Makes a run.
     *
     * @param name any text, also one that another run has; a new one is made where it is empty
     */
    public MlflowRun create(long experiment, String name, String user, long startTime, Map<String, String> tags) {
        String uid = UUID.randomUUID().toString().replace("-", "");
        String given = name.isEmpty() ? "run-" + uid.substring(0, RANDOM) : name;
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.put(NAME_TAG, given);
        return database.inTransaction(transaction -> {
            String project =
                    MlflowExperiments.get(transaction, experiment).active().project();
            String free = ServerNames.of(
                    given,
                    "run",
                    taken -> RunRecords.find(transaction, project, taken).isPresent());
            RunRecord run = RunRecords.insert(transaction, project, free, RunRecord.Source.MLFLOW, clock.instant(), 0);
            transaction.execute(
                    "UPDATE run SET started_at = ?, step_column = 'step' WHERE id = ?", startTime, run.id());
            transaction.execute(
                    "INSERT INTO mlflow_run (uid, run, experiment, name, user, status, start_time, tags)"
                            + " VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?)",
                    uid,
                    run.id(),
                    experiment,
                    given,
                    user,
                    startTime,
                    Json.text(all));
            tell(transaction, run, "created");
            return get(transaction, uid);
        });
    }

    /**
     * The run of that id, be it deleted.
     *
     * @throws Failure 404 when there is none
     */
    public MlflowRun get(String uid) {
        return database.withHandle(handle -> get(handle, uid));
    }

    /** What MLflow's clients know of a run of this server; nothing when none of them made it. */
    public Optional<MlflowRun> find(RunRecord run) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM mlflow_run WHERE run = ?")
                .bind(0, run.id())
                .map((row, context) -> MlflowRun.of(row))
                .findOne());
    }

    /** The newest point of each metric of these runs, by their numbers: of the greatest step, then time, then value. */
    public Map<Long, List<MlflowPoint>> newest(List<MlflowRun> runs) {
        Map<Long, List<MlflowPoint>> newest = new HashMap<>();
        database.useHandle(handle -> handle.createQuery(
                        "SELECT * FROM mlflow_metric WHERE run IN (SELECT value FROM json_each(?)) ORDER BY run, key")
                .bind(0, Json.text(runs.stream().map(MlflowRun::run).toList()))
                .map((row, context) -> newest.computeIfAbsent(row.getLong("run"), run -> new ArrayList<>())
                        .add(new MlflowPoint(
                                row.getString("key"),
                                Rows.has(row, "value") ? row.getDouble("value") : Double.NaN,
                                row.getLong("time"),
                                row.getLong("step"))))
                .forEach(added -> {}));
        return newest;
    }

    /** Sets the state of a run, when it ended, and its name; null for those that stay. Its record keeps its own name. */
    public MlflowRun update(String uid, @Nullable String status, @Nullable Long endTime, @Nullable String name) {
        if (status != null && !STATUSES.containsKey(status)) {
            throw Failure.badRequest(
                    "a status is one of " + STATUSES.keySet().stream().sorted().toList());
        }
        return database.inTransaction(transaction -> {
            MlflowRun run = get(transaction, uid).active();
            String next = status == null ? run.status() : status;
            transaction.execute(
                    "UPDATE mlflow_run SET status = ?, end_time = ifnull(?, end_time) WHERE uid = ?",
                    next,
                    endTime,
                    uid);
            transaction.execute(
                    "UPDATE run SET finished_at = ifnull(?, finished_at), updated_at = ? WHERE id = ?",
                    endTime,
                    clock.millis(),
                    run.run());
            setStatus(transaction, run.run(), next);
            if (name != null) {
                setTags(transaction, run, Map.of(NAME_TAG, name));
            }
            if (!next.equals("RUNNING") && !next.equals("SCHEDULED")) {
                metrics.finish(transaction, run.run());
            }
            tell(transaction, record(transaction, run.run()), "modified");
            return get(transaction, uid);
        });
    }

    /** Deletes a run, until it is restored. */
    public void delete(String uid) {
        database.useTransaction(transaction -> {
            MlflowRun run = get(transaction, uid);
            transaction.execute(
                    "UPDATE mlflow_run SET deleted_at = ifnull(deleted_at, ?) WHERE uid = ?", clock.millis(), uid);
            transaction.execute("UPDATE run SET status = ? WHERE id = ?", DELETED, run.run());
            tell(transaction, record(transaction, run.run()), "modified");
        });
    }

    /** Restores a run that was deleted. */
    public void restore(String uid) {
        database.useTransaction(transaction -> {
            MlflowRun run = get(transaction, uid);
            transaction.execute("UPDATE mlflow_run SET deleted_at = NULL WHERE uid = ?", uid);
            setStatus(transaction, run.run(), run.status());
            tell(transaction, record(transaction, run.run()), "modified");
        });
    }

    /** Gives a record the state that is MLflow's. */
    static void setStatus(Handle transaction, long run, String status) {
        transaction.execute("UPDATE run SET status = ? WHERE id = ?", STATUSES.get(status), run);
    }

    /** Adds to a run; all of it or nothing. A parameter that it has with another value is refused. */
    public void add(String uid, MlflowChange change) {
        database.useTransaction(transaction -> {
            MlflowRun run = get(transaction, uid).active();
            setParams(transaction, run, change.params());
            setTags(transaction, run, change.tags());
            if (!change.metrics().isEmpty()) {
                addPoints(transaction, run, change.metrics());
            }
        });
    }

    /**
     * Removes a tag.
     *
     * @throws Failure 404 when the run has none of that name
     */
    public void deleteTag(String uid, String key) {
        database.useTransaction(transaction -> {
            Map<String, String> tags =
                    new LinkedHashMap<>(get(transaction, uid).active().tags());
            if (tags.remove(key) == null) {
                throw Failure.notFound("No tag with name: " + key + " in run with id " + uid);
            }
            transaction.execute("UPDATE mlflow_run SET tags = ? WHERE uid = ?", Json.text(tags), uid);
        });
    }

    /**
     * Adds datasets that a run reads, but for those of a name and a digest that it has.
     *
     * @throws Failure 400 when they would be more than 1,000
     */
    public void addDatasets(String uid, ArrayNode datasets) {
        database.useTransaction(transaction -> {
            Map<List<JsonNode>, JsonNode> all = new LinkedHashMap<>();
            for (JsonNode list : List.of(get(transaction, uid).active().datasets(), datasets)) {
                list.forEach(dataset ->
                        all.putIfAbsent(List.of(dataset.at("/dataset/name"), dataset.at("/dataset/digest")), dataset));
            }
            if (all.size() > MAX_DATASETS) {
                throw Failure.badRequest("A run has at most " + MAX_DATASETS + " datasets");
            }
            transaction.execute("UPDATE mlflow_run SET datasets = ? WHERE uid = ?", Json.text(all.values()), uid);
        });
    }

    /** Points of a metric, at most {@code limit}; from 0 for the first page. */
    public History history(String uid, String key, long from, int limit) {
        return database.withHandle(handle -> {
            long run = get(handle, uid).run();
            MetricPage page = metrics.page(handle, run, key, from, limit);
            Map<Long, Long> times = new HashMap<>();
            handle.createQuery(
                            "SELECT row, time FROM mlflow_row WHERE run = ? AND row IN (SELECT value FROM json_each(?))")
                    .bind(0, run)
                    .bind(1, Json.text(page.rows()))
                    .map((row, context) -> times.put(row.getLong("row"), row.getLong("time")))
                    .forEach(replaced -> {});
            List<MlflowPoint> points = new ArrayList<>();
            for (int at = 0; at < page.rows().length; at++) {
                long time = times.getOrDefault(page.rows()[at], 0L);
                points.add(new MlflowPoint(key, page.values()[at], time, (long) page.steps()[at]));
            }
            return new History(points, page.next());
        });
    }

    private static void setParams(Handle transaction, MlflowRun run, Map<String, String> added) {
        Map<String, String> params = new LinkedHashMap<>(run.params());
        added.forEach((key, value) -> {
            String known = params.putIfAbsent(key, value);
            if (known != null && !known.equals(value)) {
                throw Failure.badRequest("Changing param values is not allowed. Param with key='" + key
                        + "' was already logged with value='" + known + "' for run ID='" + run.uid()
                        + "'. Attempted logging new value '" + value + "'.");
            }
        });
        if (params.size() > run.params().size()) {
            transaction.execute("UPDATE mlflow_run SET params = ? WHERE uid = ?", Json.text(params), run.uid());
            transaction.execute(
                    "UPDATE run SET hyperparameters = ? WHERE id = ?",
                    hyperparameters(params).toString(),
                    run.run());
        }
    }

    private static void setTags(Handle transaction, MlflowRun run, Map<String, String> set) {
        Map<String, String> tags = new LinkedHashMap<>(run.tags());
        tags.putAll(set);
        if (!tags.equals(run.tags())) {
            transaction.execute(
                    "UPDATE mlflow_run SET tags = ?, name = ? WHERE uid = ?",
                    Json.text(tags),
                    tags.getOrDefault(NAME_TAG, run.name()),
                    run.uid());
        }
    }

    private void addPoints(Handle transaction, MlflowRun run, List<MlflowPoint> points) {
        NewPoints added = NewPoints.of(transaction, run.run(), metrics.rows(transaction, run.run()), points);
        if (added.isEmpty()) {
            return;
        }
        RunRecord record = record(transaction, run.run());
        metrics.append(transaction, run.run(), added.block());
        if (added.saveNewest()) {
            takeLastFromNewest(transaction, run.run());
        }
        List<String> columns = new ArrayList<>(record.columns().isEmpty() ? List.of("step") : record.columns());
        added.block().metrics().stream()
                .filter(metric -> !columns.contains(metric))
                .forEach(columns::add);
        transaction.execute(
                "UPDATE run SET columns = ?, finals = NULL, updated_at = ? WHERE id = ?",
                Json.text(columns),
                clock.millis(),
                run.run());
        transaction.afterCommit(() -> events.send(
                "metric_update",
                Map.of(
                        "project", record.project(),
                        "run_name", record.name(),
                        "from_row", record.rows(),
                        "rows", added.eventRows())));
    }

    /** The summary has the value that came last; where points come out of order, that is not the newest. */
    private void takeLastFromNewest(Handle transaction, long run) {
        metrics.summarize(transaction, run);
        transaction.execute(
                "UPDATE summary SET last = mlflow_metric.value, last_step = mlflow_metric.step FROM mlflow_metric, metric"
                        + " WHERE summary.run = ? AND metric.id = summary.metric AND mlflow_metric.run = summary.run"
                        + " AND mlflow_metric.key = metric.name",
                run);
    }

    private static MlflowRun get(Handle handle, String uid) {
        return handle.createQuery("SELECT * FROM mlflow_run WHERE uid = ?")
                .bind(0, uid)
                .map((row, context) -> MlflowRun.of(row))
                .findOne()
                .orElseThrow(() -> Failure.notFound("Run with id=" + uid + " not found"));
    }

    private static RunRecord record(Handle handle, long run) {
        return RunRecords.find(handle, run).orElseThrow();
    }

    private void tell(Handle transaction, RunRecord run, String type) {
        Map<String, Object> data = Map.of(
                "event_type",
                type,
                "project",
                run.project(),
                "file_path",
                "",
                "file_type",
                "mlflow",
                "run_info",
                Map.of("run_name", run.name(), "type", "mlflow"));
        events.record(transaction, "run_update", data);
    }

    /** Numbers as such, so that runs can be compared by them. */
    private static ObjectNode hyperparameters(Map<String, String> params) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        params.forEach((key, value) -> {
            if (NUMBER.matcher(value).matches()) {
                fields.put(key, Double.parseDouble(value));
            } else {
                fields.put(key, value);
            }
        });
        return fields;
    }
}
