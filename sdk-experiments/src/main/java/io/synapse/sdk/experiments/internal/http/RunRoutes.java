package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.mlflow.MlflowFiles;
import io.synapse.sdk.experiments.internal.run.RunOrder;
import io.synapse.sdk.experiments.internal.run.RunQueries;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.RunScan;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code projects} and {@code runs/…}, with {@code run/…} as another name. */
public final class RunRoutes {
    private static final int MAX_PAGE = 10_000;

    private final Runs runs;
    private final MlflowFiles mlflowFiles;
    private final RunDocuments documents;

    public RunRoutes(Runs runs, MlflowFiles mlflowFiles) {
        this.runs = runs;
        this.mlflowFiles = mlflowFiles;
        this.documents = new RunDocuments(runs);
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/projects", this::projects);
        routes.get(
                "/api/projects/{project}/experiments", request -> experiments(request, request.pathParam("project")));
        routes.get("/api/projects/{project}/column-mappings", request -> Replies.data(request, List.of()));
        routes.post("/api/projects/reindex", this::reindexAll);
        routes.post("/api/projects/reindex/{project}", this::reindex);
        routes.get("/api/runs", this::runsOfQuery);
        routes.get("/api/runs/{project}/tags", this::tags);
        for (String run : List.of("/api/runs/{project}/{run}", "/api/run/{project}/{run}")) {
            routes.get(run, request -> Replies.data(request, documents.run(run(request))));
            routes.delete(run, this::delete);
            routes.patch(run + "/notes", this::setNotes);
            routes.patch(run + "/tags", this::setTags);
        }
    }

    private RunRecord run(Context request) {
        return runs.get(request.pathParam("project"), request.pathParam("run"));
    }

    private void projects(Context request) {
        int limit = (int) Parameters.number(request, "limit", 1, MAX_PAGE).orElse(Integer.MAX_VALUE);
        RunQueries.Page<RunQueries.Project> page = runs.queries().projects(limit, request.queryParam("cursor"));
        Replies.data(
                request,
                page.items().stream().map(documents::project).toList(),
                meta("Projects retrieved successfully", page));
    }

    private void runsOfQuery(Context request) {
        experiments(request, Parameters.required(request, "project"));
    }

    private void experiments(Context request, String project) {
        int limit = (int) Parameters.number(request, "limit", 1, MAX_PAGE).orElse(Integer.MAX_VALUE - 1);
        RunOrder order = RunOrder.of(request.queryParam("sort"), request.queryParam("order"));
        RunQueries.Page<RunRecord> page = runs.queries().runs(project, order, limit, request.queryParam("cursor"));
        if (page.total() == 0) {
            throw Failure.notFound("Project '" + project + "' not found");
        }
        List<String> columns = Parameters.list(request, "columns");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("project", project);
        data.put("experiment_count", page.total());
        data.put(
                "experiments",
                page.items().stream()
                        .map(run -> documents.experiment(run, columns))
                        .toList());
        Replies.data(request, data, meta("Experiments for project '" + project + "' retrieved successfully", page));
    }

    private static Map<String, @Nullable Object> meta(String message, RunQueries.Page<?> page) {
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("message", message);
        meta.put("total", page.total());
        meta.put("next_cursor", page.nextCursor());
        return meta;
    }

    private void reindexAll(Context request) {
        RunScan.Count count = runs.reindex();
        Replies.data(
                request,
                Map.of("projects", count.projects(), "runs", count.runs(), "files", count.files()),
                "Reindexing completed successfully");
    }

    private void reindex(Context request) {
        String project = request.pathParam("project");
        RunScan.Count count = runs.reindex(project);
        Map<String, Object> stats = Map.of("runs", count.runs(), "files", count.files());
        Replies.data(
                request, Map.of("project", project, "stats", stats), "Project " + project + " reindexed successfully");
    }

    private void tags(Context request) {
        String project = request.pathParam("project");
        Replies.data(request, Map.of("project", project, "tags", runs.tags(project)));
    }

    private void delete(Context request) throws IOException {
        String project = request.pathParam("project");
        String run = request.pathParam("run");
        Optional<String> folder = mlflowFiles.folder(run(request));
        runs.delete(project, run);
        if (folder.isPresent()) {
            mlflowFiles.delete(folder.get());
        }
        Replies.data(request, Map.of("project", project, "run_name", run), "Run deleted");
    }

    private void setNotes(Context request) {
        JsonNode notes = Replies.body(request).get("notes");
        if (notes == null || !notes.isTextual()) {
            throw Failure.invalid("string_type", List.of("body", "notes"), "Input should be a valid string");
        }
        RunRecord run = runs.setNotes(request.pathParam("project"), request.pathParam("run"), notes.textValue());
        Replies.data(request, documents.annotated(run, "notes", run.notes()));
    }

    private void setTags(Context request) {
        JsonNode tags = Replies.body(request).get("tags");
        List<String> texts = new ArrayList<>();
        if (tags == null || !tags.isArray()) {
            throw Failure.invalid("list_type", List.of("body", "tags"), "Input should be a valid list");
        }
        for (JsonNode tag : tags) {
            if (!tag.isTextual()) {
                throw Failure.invalid("string_type", List.of("body", "tags"), "Input should be a valid string");
            }
            texts.add(tag.textValue());
        }
        RunRecord run = runs.setTags(request.pathParam("project"), request.pathParam("run"), texts);
        Replies.data(request, documents.annotated(run, "tags", run.tags()));
    }
}
