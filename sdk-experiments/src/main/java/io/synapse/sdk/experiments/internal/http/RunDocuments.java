package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.run.RunFile;
import io.synapse.sdk.experiments.internal.run.RunQueries;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Projects and runs as answers have them (wire/experiments.md, section 2). */
final class RunDocuments {
    private static final double NANOS = 1e9;
    private static final List<String> SUMMARIES =
            List.of("final_metrics", "max_metrics", "min_metrics", "mean_metrics", "not_finite");

    private final Runs runs;

    RunDocuments(Runs runs) {
        this.runs = runs;
    }

    Map<String, @Nullable Object> project(RunQueries.Project project) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", project.name());
        document.put(
                "runs",
                project.runs().stream().map(run -> head(project.name(), run)).toList());
        return document;
    }

    /** A run on the page of a project. */
    Map<String, @Nullable Object> experiment(RunRecord run, Collection<String> columns) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_name", run.name());
        putState(document, run);
        document.put("last_updated", run.updatedAt().toString());
        putPaths(document, run);
        document.put("hyperparameters", run.hyperparameters());
        SUMMARIES.forEach(name -> document.put(name, summary(run, name, columns)));
        putRest(document, run);
        return document;
    }

    /** A run alone. */
    Map<String, @Nullable Object> run(RunRecord run) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_name", run.name());
        document.put("project", run.project());
        putState(document, run);
        putPaths(document, run);
        document.put("final_metrics", summary(run, "final_metrics", List.of()));
        document.put("not_finite", summary(run, "not_finite", List.of()));
        putRest(document, run);
        document.put("experiment_uid", run.jobUid());
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("config_files", paths(run, List.of(RunFile.Kind.CONFIG)));
        files.put("log_files", paths(run, List.of(RunFile.Kind.METRICS, RunFile.Kind.LOG)));
        document.put("available_files", files);
        return document;
    }

    Map<String, @Nullable Object> annotated(RunRecord run, String field, Object value) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_name", run.name());
        document.put("project", run.project());
        document.put(field, value);
        document.put("last_updated", Instant.now().toString());
        return document;
    }

    /** The files of a run, and what a client of MLflow's has put to it. */
    Map<String, @Nullable Object> artifacts(RunRecord run, List<Map<String, Object>> put) {
        List<Map<String, Object>> files = new ArrayList<>(run.files().stream()
                .map(file -> Map.<String, Object>of(
                        "name", file.name(),
                        "type", file.kind().word(),
                        "size", file.size(),
                        "path", runs.relative(run, file),
                        "last_modified", seconds(file.modified())))
                .toList());
        files.addAll(put);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_name", run.name());
        document.put("project", run.project());
        document.put("artifacts", files);
        document.put("total_count", files.size());
        return document;
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS;
    }

    private Map<String, @Nullable Object> head(String project, RunQueries.Head run) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_name", run.name());
        document.put("status", run.status());
        document.put("started_at", text(run.startedAt()));
        document.put("finished_at", text(run.finishedAt()));
        document.put(
                "config_path",
                run.config().map(file -> runs.relative(project, file)).orElse(null));
        return document;
    }

    private static void putState(Map<String, @Nullable Object> document, RunRecord run) {
        document.put("status", run.status());
        document.put("started_at", text(run.startedAt()));
        document.put("finished_at", text(run.finishedAt()));
    }

    private void putPaths(Map<String, @Nullable Object> document, RunRecord run) {
        document.put("config_path", path(run, RunFile.Kind.CONFIG));
        document.put("metrics_path", path(run, RunFile.Kind.METRICS));
        document.put("total_steps", run.rows());
    }

    private static void putRest(Map<String, @Nullable Object> document, RunRecord run) {
        document.put("reproducibility", Map.of());
        document.put("notes", run.notes());
        document.put("tags", run.tags());
        document.put("warnings", run.warnings());
    }

    private @Nullable String path(RunRecord run, RunFile.Kind kind) {
        Optional<RunFile> file = run.file(kind);
        return file.map(found -> runs.relative(run, found)).orElse(null);
    }

    private List<String> paths(RunRecord run, List<RunFile.Kind> kinds) {
        return run.files().stream()
                .filter(file -> kinds.contains(file.kind()))
                .map(file -> runs.relative(run, file))
                .toList();
    }

    private static JsonNode summary(RunRecord run, String name, Collection<String> columns) {
        JsonNode finals = run.finals();
        if (finals == null || !(finals.get(name) instanceof ObjectNode all)) {
            return Json.MAPPER.createObjectNode();
        }
        return columns.isEmpty() ? all : all.deepCopy().retain(columns);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
