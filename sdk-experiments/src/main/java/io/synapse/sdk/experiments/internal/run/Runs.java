package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.metric.Curves;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/** Projects and runs: what can be asked of them and done to them. Thread-safe. */
public final class Runs {
    /** The longest notes, in characters. */
    private static final int MAX_NOTES = 2000;

    private final Jdbi database;
    private final ExperimentFolders folders;
    private final MetricStore metrics;
    private final RunIndexer indexer;
    private final RunScan scan;
    private final RunQueries queries;

    public Runs(Jdbi database, ExperimentFolders folders, MetricStore metrics, RunIndexer indexer, RunScan scan) {
        this.database = database;
        this.folders = folders;
        this.metrics = metrics;
        this.indexer = indexer;
        this.scan = scan;
        this.queries = new RunQueries(database, metrics);
    }

    /** What finds several. */
    public RunQueries queries() {
        return queries;
    }

    /**
     * The run of that name.
     *
     * @throws Failure 404 when there is none
     */
    public RunRecord get(String project, String name) {
        return queries.find(project, name)
                .orElseThrow(() -> Failure.notFound("Run not found: " + project + "/" + name));
    }

    /** Where a file of a run is. */
    public Path path(RunRecord run, RunFile file) {
        return ExperimentFolders.file(folders.project(run.project()), file.name());
    }

    /** The path of a file as answers have it. */
    public String relative(RunRecord run, RunFile file) {
        return relative(run.project(), file);
    }

    /** The path of a file of a run of this project as answers have it. */
    public String relative(String project, RunFile file) {
        return "logs/" + project + "/" + file.name();
    }

    /** These metrics of a run; all of its columns but the step when there are none. */
    public Curves curves(RunRecord run, Collection<String> wanted) {
        return database.withHandle(
                handle -> metrics.curves(handle, run.id(), wanted.isEmpty() ? metricsOf(run) : wanted));
    }

    /** The columns of a run that are not its step. */
    public List<String> metricsOf(RunRecord run) {
        return run.columns().stream()
                .filter(column -> !column.equals(run.stepColumn()))
                .toList();
    }

    /**
     * Writes notes to a run, in place of those that it has.
     *
     * @throws Failure 422 when they are longer than 2,000 characters
     */
    public RunRecord setNotes(String project, String name, String notes) {
        if (notes.codePointCount(0, notes.length()) > MAX_NOTES) {
            throw Failure.invalid(
                    "string_too_long", List.of("body", "notes"), "String should have at most 2000 characters");
        }
        return annotate(project, name, "notes", notes);
    }

    /** Gives a run tags, in place of those that it has. */
    public RunRecord setTags(String project, String name, List<String> tags) {
        return annotate(project, name, "tags", Json.text(tags));
    }

    /** The tags of the runs of a project, each once. */
    public List<String> tags(String project) {
        TreeSet<String> tags = new TreeSet<>();
        database.useHandle(handle -> handle.createQuery("SELECT annotation.tags FROM annotation JOIN run"
                        + " ON run.project = annotation.project AND run.name = annotation.run WHERE run.project = ?")
                .bind(0, project)
                .mapTo(String.class)
                .forEach(json -> tags.addAll(RunRecord.list(json, tag -> tag.asText()))));
        return List.copyOf(tags);
    }

    /**
     * Removes a run with its files.
     *
     * @throws Failure 409 while it is running
     */
    public void delete(String project, String name) {
        RunRecord run = get(project, name);
        if (!RunStatus.isOver(run.status())) {
            throw Failure.conflict(
                    "run " + project + "/" + name + " is " + run.status() + ": it cannot be deleted yet");
        }
        try {
            indexer.delete(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.useHandle(
                handle -> handle.execute("DELETE FROM annotation WHERE project = ? AND run = ?", project, name));
    }

    /** Brings the summaries of runs up to the rows that came one by one. */
    public void summarize() {
        for (long run : database.withHandle(metrics::behind)) {
            database.useTransaction(transaction -> metrics.summarize(transaction, run));
        }
    }

    /** Looks at all files. */
    public RunScan.Count reindex() {
        return scan.all();
    }

    /**
     * Looks at the files of one project.
     *
     * @throws Failure 404 when it has none
     */
    public RunScan.Count reindex(String project) {
        Path folder = folders.project(Names.checked("project", project));
        RunScan.Count count = scan.project(folder);
        if (count.runs() == 0) {
            throw Failure.notFound("Project " + project + " not found");
        }
        return count;
    }

    private RunRecord annotate(String project, String name, String column, String value) {
        get(project, name);
        database.useTransaction(transaction -> RunRecords.annotate(transaction, project, name, column, value));
        return get(project, name);
    }
}
