package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The projects that MLflow's clients know, their experiments. Thread-safe. */
public final class MlflowExperiments {
    private static final String DEFAULT = "Default";

    private final Jdbi database;
    private final InstantSource clock;

    public MlflowExperiments(Jdbi database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        database.useHandle(handle -> handle.execute(
                "INSERT OR IGNORE INTO mlflow_experiment (id, name, project, created_at, updated_at) VALUES (0, ?, ?, ?, ?)",
                DEFAULT,
                DEFAULT,
                clock.millis(),
                clock.millis()));
    }

    /** The experiment of that name, be it deleted; a project that has only had other runs is one from now on. */
    public Optional<MlflowExperiment> find(String name) {
        Optional<MlflowExperiment> known = database.withHandle(handle -> find(handle, name));
        return known.isPresent() || !database.withHandle(handle -> hasRuns(handle, name))
                ? known
                : database.inTransaction(transaction -> {
                    insert(transaction, name, name, Map.of());
                    return find(transaction, name);
                });
    }

    /**
     * The experiment of that number, be it deleted.
     *
     * @throws Failure 404 when there is none
     */
    public MlflowExperiment get(long id) {
        return database.withHandle(handle -> get(handle, id));
    }

    /** Makes an experiment. Its project has its name where that can be one's, else one that is made of it. */
    public long create(String name, Map<String, String> tags) {
        return database.inTransaction(transaction -> {
            checkNew(transaction, name);
            String project = ServerNames.of(
                    name,
                    "experiment",
                    taken -> transaction
                                    .createQuery("SELECT count(*) FROM mlflow_experiment WHERE project = ?")
                                    .bind(0, taken)
                                    .mapTo(Long.class)
                                    .one()
                            > 0);
            insert(transaction, name, project, tags);
            return find(transaction, name).orElseThrow().id();
        });
    }

    /** Gives an experiment another name; its project keeps its own. */
    public void rename(long id, String name) {
        change(id, transaction -> {
            checkNew(transaction, name);
            transaction.execute("UPDATE mlflow_experiment SET name = ? WHERE id = ?", name, id);
        });
    }

    /** Sets a tag, or changes it. */
    public void setTag(long id, String key, String value) {
        changeTags(id, tags -> tags.put(key, value));
    }

    /**
     * Removes a tag.
     *
     * @throws Failure 404 when the experiment has none of that name
     */
    public void deleteTag(long id, String key) {
        changeTags(id, tags -> {
            if (tags.remove(key) == null) {
                throw Failure.notFound("No tag with name: " + key + " in experiment with id " + id);
            }
        });
    }

    private void changeTags(long id, Consumer<Map<String, String>> work) {
        change(id, transaction -> {
            Map<String, String> tags = new LinkedHashMap<>(get(transaction, id).tags());
            work.accept(tags);
            transaction.execute("UPDATE mlflow_experiment SET tags = ? WHERE id = ?", Json.text(tags), id);
        });
    }

    /** Deletes an experiment with its runs, until they are restored. */
    public void delete(long id) {
        change(id, transaction -> {
            long now = clock.millis();
            transaction.execute("UPDATE mlflow_experiment SET deleted_at = ? WHERE id = ?", now, id);
            transaction.execute(
                    "UPDATE run SET status = ? WHERE id IN (SELECT run FROM mlflow_run WHERE experiment = ?)",
                    MlflowRuns.DELETED,
                    id);
            transaction.execute(
                    "UPDATE mlflow_run SET deleted_at = ? WHERE experiment = ? AND deleted_at IS NULL", now, id);
        });
    }

    /** Restores an experiment, with the runs that were deleted with it. */
    public void restore(long id) {
        database.useTransaction(transaction -> {
            if (!get(transaction, id).isDeleted()) {
                return;
            }
            transaction
                    .createQuery("UPDATE mlflow_run SET deleted_at = NULL WHERE experiment = :id AND deleted_at ="
                            + " (SELECT deleted_at FROM mlflow_experiment WHERE id = :id) RETURNING run, status")
                    .bind("id", id)
                    .map((row, context) -> Map.entry(row.getLong("run"), row.getString("status")))
                    .list()
                    .forEach(run -> MlflowRuns.setStatus(transaction, run.getKey(), run.getValue()));
            transaction.execute(
                    "UPDATE mlflow_experiment SET deleted_at = NULL, updated_at = ? WHERE id = ?", clock.millis(), id);
        });
    }

    static MlflowExperiment get(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM mlflow_experiment WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> MlflowExperiment.of(row))
                .findOne()
                .orElseThrow(() -> Failure.notFound("No Experiment with id=" + id + " exists"));
    }

    private void change(long id, Consumer<Handle> work) {
        database.useTransaction(transaction -> {
            get(transaction, id).active();
            work.accept(transaction);
            transaction.execute("UPDATE mlflow_experiment SET updated_at = ? WHERE id = ?", clock.millis(), id);
        });
    }

    private static void checkNew(Handle handle, String name) {
        boolean isTaken = find(handle, name).isPresent() || hasRuns(handle, name);
        if (isTaken) {
            throw Failure.conflict("Experiment(name=" + name + ") already exists.");
        }
    }

    private static Optional<MlflowExperiment> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM mlflow_experiment WHERE name = ?")
                .bind(0, name)
                .map((row, context) -> MlflowExperiment.of(row))
                .findOne();
    }

    /** Whether a project of that name, which is no experiment yet, has runs. */
    private static boolean hasRuns(Handle handle, String project) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM run WHERE project = :project)"
                        + " AND NOT EXISTS (SELECT 1 FROM mlflow_experiment WHERE project = :project)")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one();
    }

    private void insert(Handle handle, String name, String project, Map<String, String> tags) {
        handle.execute(
                "INSERT OR IGNORE INTO mlflow_experiment (name, project, created_at, updated_at, tags) VALUES (?, ?, ?, ?, ?)",
                name,
                project,
                clock.millis(),
                clock.millis(),
                Json.text(tags));
    }
}
