package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.experiments.internal.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The records of runs. */
public final class RunRecords {
    private RunRecords() {}

    /** What tells whether the files of a run have to be read again. */
    record Known(String files, String status, Instant updatedAt) {}

    /** The record of that name. */
    public static Optional<RunRecord> find(Handle handle, String project, String name) {
        return handle.createQuery(RunRecord.SELECT + "WHERE run.project = ? AND run.name = ?")
                .bind(0, project)
                .bind(1, name)
                .map((row, context) -> RunRecord.of(row))
                .findOne();
    }

    /** The record of that number. */
    public static Optional<RunRecord> find(Handle handle, long id) {
        return handle.createQuery(RunRecord.SELECT + "WHERE run.id = ?")
                .bind(0, id)
                .map((row, context) -> RunRecord.of(row))
                .findOne();
    }

    /** The runs of a project that have files. */
    static Map<String, Known> known(Handle handle, String project) {
        Map<String, Known> known = new LinkedHashMap<>();
        handle.createQuery("SELECT name, files, status, updated_at FROM run WHERE project = ? AND source = 'FILE'")
                .bind(0, project)
                .map((row, context) -> known.put(
                        row.getString("name"),
                        new Known(
                                row.getString("files"),
                                row.getString("status"),
                                Instant.ofEpochMilli(row.getLong("updated_at")))))
                .forEach(replaced -> {});
        return known;
    }

    /** The names of all projects that have runs. */
    static List<String> projects(Handle handle) {
        return handle.createQuery("SELECT DISTINCT project FROM run ORDER BY project")
                .mapTo(String.class)
                .list();
    }

    /** Makes a record. */
    public static RunRecord insert(
            Handle transaction, String project, String name, RunRecord.Source source, Instant now, long running) {
        transaction.execute(
                "INSERT INTO run (project, name, source, status, updated_at, changed_running) VALUES (?, ?, ?, ?, ?, ?)",
                project,
                name,
                source.name(),
                RunStatus.RUNNING,
                now.toEpochMilli(),
                running);
        return find(transaction, project, name).orElseThrow();
    }

    /** Records all of a run but its names and annotations. */
    static void update(Handle transaction, RunRecord run) {
        transaction
                .createUpdate("""
                        UPDATE run SET status = :status, started_at = :started, finished_at = :finished,
                            updated_at = :updated, changed_running = :changed, files = :files, columns = :columns,
                            step_column = :step, last_epoch = :epoch, hyperparameters = :hyperparameters,
                            finals = :finals, warnings = :warnings
                        WHERE id = :id
                        """)
                .bind("id", run.id())
                .bind("status", run.status())
                .bind("started", millis(run.startedAt()))
                .bind("finished", millis(run.finishedAt()))
                .bind("updated", run.updatedAt().toEpochMilli())
                .bind("changed", run.changedRunning())
                .bind("files", RunRecord.json(run.files()))
                .bind("columns", Json.text(run.columns()))
                .bind("step", run.stepColumn())
                .bind("epoch", run.lastEpoch())
                .bind("hyperparameters", run.hyperparameters().toString())
                .bind("finals", run.finals() == null ? null : run.finals().toString())
                .bind("warnings", Json.text(run.warnings()))
                .execute();
    }

    /** Removes a record with all but the annotations. The caller removes the rows. */
    static void delete(Handle transaction, RunRecord run) {
        transaction.execute("DELETE FROM run WHERE id = ?", run.id());
        for (String table : List.of("csv_position", "mlflow_run", "mlflow_point", "mlflow_row", "mlflow_metric")) {
            transaction.execute("DELETE FROM " + table + " WHERE run = ?", run.id());
        }
        transaction.execute("DELETE FROM job_file WHERE project = ? AND name = ?", run.project(), run.name() + ".csv");
    }

    static void annotate(Handle transaction, String project, String run, String column, String value) {
        transaction.execute(
                "INSERT INTO annotation (project, run, " + column + ") VALUES (?, ?, ?)"
                        + " ON CONFLICT (project, run) DO UPDATE SET " + column + " = excluded." + column,
                project,
                run,
                value);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
