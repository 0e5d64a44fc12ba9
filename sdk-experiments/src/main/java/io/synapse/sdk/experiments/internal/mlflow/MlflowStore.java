package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.metric.Curves;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.metric.Missing;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.RunRecords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps what clients of MLflow's REST log, among the other runs. Thread-safe. */
public final class MlflowStore {
    private static final String DEFAULT = "Default";
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

    public MlflowStore(Jdbi database, MetricStore metrics, Events events, InstantSource clock) {
        this.database = database;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
        database.useHandle(handle -> handle.execute(
                "INSERT OR IGNORE INTO mlflow_experiment (id, project, created_at) VALUES (0, ?, ?)",
                DEFAULT,
                clock.millis()));
    }

    /** The project of that name; known to MLflow from now on if it has only had other runs. */
    public Optional<MlflowExperiment> experiment(String name) {
        return database.inTransaction(transaction -> {
            boolean hasRuns = transaction
                            .createQuery("SELECT count(*) FROM run WHERE project = ?")
                            .bind(0, name)
                            .mapTo(Long.class)
                            .one()
                    > 0;
            if (hasRuns) {
                insertExperiment(transaction, name);
            }
            return experiments(transaction).stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst();
        });
    }

    /** The project of that number. */
    public MlflowExperiment experiment(long id) {
        return experiments().stream()
                .filter(known -> known.id() == id)
                .findFirst()
                .orElseThrow(() -> Failure.notFound("No Experiment with id=" + id + " exists"));
    }

    /** All projects that MLflow's clients know. */
    public List<MlflowExperiment> experiments() {
        return database.withHandle(MlflowStore::experiments);
    }

    /** Makes a project. */
    public long createExperiment(String name) {
        Names.checked("project", name);
        if (experiment(name).isPresent()) {
            throw Failure.conflict("Experiment '" + name + "' already exists.");
        }
        database.useHandle(handle -> insertExperiment(handle, name));
        return experiment(name).orElseThrow().id();
    }

    /** Makes a run. A name that another run of the project has is made another by a number. */
    public MlflowRun create(long experiment, String name, String user, long startTime, Map<String, String> tags) {
        String project = experiment(experiment).name();
        Names.checked("run", name);
        String uid = UUID.randomUUID().toString().replace("-", "");
        return database.inTransaction(transaction -> {
            String free = name;
            for (int number = 2; RunRecords.find(transaction, project, free).isPresent(); number++) {
                free = name + "-" + number;
            }
            RunRecord run = RunRecords.insert(
                    transaction, project, Names.checked("run", free), RunRecord.Source.MLFLOW, clock.instant(), 0);
            transaction.execute(
                    "UPDATE run SET started_at = ?, step_column = 'step' WHERE id = ?", startTime, run.id());
            transaction.execute(
                    "INSERT INTO mlflow_run (uid, run, user, status, start_time, tags) VALUES (?, ?, ?, 'RUNNING', ?, ?)",
                    uid,
                    run.id(),
                    user,
                    startTime,
                    Json.text(tags));
            tell(transaction, run, "created");
            return get(transaction, uid);
        });
    }

    /** The run of that id, without its metrics. */
    public MlflowRun get(String uid) {
        return database.withHandle(handle -> get(handle, uid));
    }

    /** The newest point of each metric of a run: that of the greatest step, of these the last. */
    public List<MlflowPoint> latest(MlflowRun run) {
        Map<String, MlflowPoint> latest = new LinkedHashMap<>();
        database.useHandle(handle -> {
            List<String> keys =
                    record(handle, run.run()).map(RunRecord::columns).orElse(List.of());
            for (MlflowPoint point : points(handle, run.run(), keys)) {
                latest.merge(point.key(), point, (known, next) -> next.step() >= known.step() ? next : known);
            }
        });
        return List.copyOf(latest.values());
    }

    /** The runs of a project, the newest first. */
    public List<MlflowRun> runs(long experiment) {
        String project = experiment(experiment).name();
        return database.withHandle(handle -> {
            List<String> uids = handle.createQuery("SELECT uid FROM mlflow_run JOIN run ON run.id = mlflow_run.run"
                            + " WHERE run.project = ? ORDER BY start_time DESC, run.id DESC")
                    .bind(0, project)
                    .mapTo(String.class)
                    .list();
            return uids.stream().map(uid -> get(handle, uid)).toList();
        });
    }

    /** Sets the state of a run, and when it ended. */
    public MlflowRun update(String uid, @Nullable String status, @Nullable Long endTime) {
        if (status != null && !STATUSES.containsKey(status)) {
            throw Failure.badRequest(
                    "a status is one of " + STATUSES.keySet().stream().sorted().toList());
        }
        return database.inTransaction(transaction -> {
            MlflowRun run = get(transaction, uid);
            String next = status == null ? run.status() : status;
            transaction.execute(
                    "UPDATE mlflow_run SET status = ?, end_time = ifnull(?, end_time) WHERE uid = ?",
                    next,
                    endTime,
                    uid);
            transaction.execute(
                    "UPDATE run SET status = ?, finished_at = ifnull(?, finished_at), updated_at = ? WHERE id = ?",
                    STATUSES.get(next),
                    endTime,
                    clock.millis(),
                    run.run());
            if (!next.equals("RUNNING") && !next.equals("SCHEDULED")) {
                metrics.finish(transaction, run.run());
            }
            record(transaction, run.run()).ifPresent(known -> tell(transaction, known, "modified"));
            return get(transaction, uid);
        });
    }

    /** Adds to a run; all of it or nothing. A parameter that it has with another value is refused. */
    public void add(String uid, MlflowChange change) {
        database.useTransaction(transaction -> {
            MlflowRun run = get(transaction, uid);
            Map<String, String> params = new LinkedHashMap<>(run.params());
            change.params().forEach((key, value) -> {
                String known = params.putIfAbsent(key, value);
                if (known != null && !known.equals(value)) {
                    throw Failure.badRequest("Changing param values is not allowed: " + key + " is " + known);
                }
            });
            Map<String, String> tags = new LinkedHashMap<>(run.tags());
            tags.putAll(change.tags());
            if (!params.equals(run.params()) || !tags.equals(run.tags())) {
                transaction.execute(
                        "UPDATE mlflow_run SET params = ?, tags = ? WHERE uid = ?",
                        Json.text(params),
                        Json.text(tags),
                        uid);
                transaction.execute(
                        "UPDATE run SET hyperparameters = ? WHERE id = ?",
                        hyperparameters(params).toString(),
                        run.run());
            }
            if (!change.metrics().isEmpty()) {
                addPoints(transaction, run, change.metrics());
            }
        });
    }

    /** Removes a tag. */
    public void deleteTag(String uid, String key) {
        database.useTransaction(transaction -> {
            Map<String, String> tags = new LinkedHashMap<>(get(transaction, uid).tags());
            if (tags.remove(key) == null) {
                throw Failure.notFound("No tag with name: " + key + " in run with id " + uid);
            }
            transaction.execute("UPDATE mlflow_run SET tags = ? WHERE uid = ?", Json.text(tags), uid);
        });
    }

    /** All points of a metric in the order in which they came. */
    public List<MlflowPoint> history(String uid, String key) {
        return database.withHandle(handle -> points(handle, get(handle, uid).run(), List.of(key)));
    }

    private void addPoints(Handle transaction, MlflowRun run, List<MlflowPoint> points) {
        NewRows rows = new NewRows(transaction, run.run(), metrics.rows(transaction, run.run()));
        points.forEach(rows::add);
        RunRecord record = record(transaction, run.run()).orElseThrow();
        if (rows.block().isPresent()) {
            metrics.append(transaction, run.run(), rows.block().get());
            List<String> columns = new ArrayList<>(record.columns().isEmpty() ? List.of("step") : record.columns());
            rows.block().get().metrics().stream()
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
                            "rows", rows.eventRows())));
        }
    }

    private MlflowRun get(Handle handle, String uid) {
        return handle.createQuery("SELECT mlflow_run.*, run.name, mlflow_experiment.id AS experiment FROM mlflow_run"
                        + " JOIN run ON run.id = mlflow_run.run"
                        + " JOIN mlflow_experiment ON mlflow_experiment.project = run.project WHERE uid = ?")
                .bind(0, uid)
                .map((row, context) -> {
                    long end = row.getLong("end_time");
                    boolean isOpen = row.wasNull();
                    return new MlflowRun(
                            uid,
                            row.getLong("run"),
                            row.getLong("experiment"),
                            row.getString("name"),
                            row.getString("user"),
                            row.getString("status"),
                            row.getLong("start_time"),
                            isOpen ? null : end,
                            texts(row.getString("params")),
                            texts(row.getString("tags")));
                })
                .findOne()
                .orElseThrow(() -> Failure.notFound("Run with id=" + uid + " not found"));
    }

    private static Optional<RunRecord> record(Handle handle, long run) {
        return handle.createQuery("SELECT project, name FROM run WHERE id = ?")
                .bind(0, run)
                .map((row, context) -> List.of(row.getString("project"), row.getString("name")))
                .findOne()
                .flatMap(names -> RunRecords.find(handle, names.get(0), names.get(1)));
    }

    private List<MlflowPoint> points(Handle handle, long run, List<String> keys) {
        Map<Long, Long> times = new HashMap<>();
        handle.createQuery("SELECT row, time FROM mlflow_point WHERE run = ?")
                .bind(0, run)
                .map((row, context) -> times.put(row.getLong("row"), row.getLong("time")))
                .forEach(replaced -> {});
        Curves curves = metrics.curves(handle, run, keys);
        List<MlflowPoint> points = new ArrayList<>();
        curves.values().forEach((key, values) -> {
            for (int row = 0; row < values.length; row++) {
                if (!Missing.is(values[row])) {
                    long time = times.getOrDefault((long) row, 0L);
                    points.add(new MlflowPoint(key, values[row], time, (long) curves.steps()[row]));
                }
            }
        });
        return points;
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

    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        Json.tree(json)
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
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

    private static List<MlflowExperiment> experiments(Handle handle) {
        return handle.createQuery("SELECT id, project, created_at FROM mlflow_experiment ORDER BY id")
                .map((row, context) ->
                        new MlflowExperiment(row.getLong("id"), row.getString("project"), row.getLong("created_at")))
                .list();
    }

    private void insertExperiment(Handle handle, String name) {
        handle.execute(
                "INSERT OR IGNORE INTO mlflow_experiment (project, created_at) VALUES (?, ?)", name, clock.millis());
    }
}
