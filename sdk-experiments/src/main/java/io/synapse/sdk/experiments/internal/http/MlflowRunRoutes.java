package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.mlflow.MlflowChange;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRun;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRuns;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** {@code /api/2.0/mlflow/runs/…} and {@code metrics/…}: what MLflow's clients log (wire/experiments.md, section 11). */
public final class MlflowRunRoutes {
    private static final String ROOT = "/api/2.0/mlflow/";
    private static final int MAX_EXPERIMENTS = 10_000;
    private static final int MAX_METRICS = 1000;
    private static final int MAX_OTHERS = 100;
    private static final int MAX_BATCH_BYTES = 1_000_000;
    private static final int MAX_USER = 256;

    /** Of a metric whose points are asked for all at once. */
    private static final int HISTORY_PAGE = 10_000;

    private final MlflowRuns runs;
    private final MlflowSearch search;

    public MlflowRunRoutes(MlflowRuns runs, MlflowSearch search) {
        this.runs = runs;
        this.search = search;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        MlflowPaths paths = new MlflowPaths(routes, ROOT);
        paths.post("runs/create", this::create);
        paths.post("runs/update", this::update);
        paths.get("runs/get", request -> reply(request, runs.get(MlflowFields.uid(MlflowFields.ofQuery(request)))));
        paths.post("runs/search", this::search);
        paths.change("runs/delete", body -> runs.delete(MlflowFields.uid(body)));
        paths.change("runs/restore", body -> runs.restore(MlflowFields.uid(body)));
        add(paths, "runs/log-metric", body -> new MlflowChange(List.of(MlflowFields.point(body)), Map.of(), Map.of()));
        add(
                paths,
                "runs/log-parameter",
                body -> new MlflowChange(List.of(), MlflowFields.pair(body, MlflowFields.MAX_PARAM), Map.of()));
        add(
                paths,
                "runs/set-tag",
                body -> new MlflowChange(List.of(), Map.of(), MlflowFields.pair(body, MlflowFields.MAX_TAG)));
        paths.post("runs/log-batch", this::addBatch);
        paths.change("runs/delete-tag", body -> runs.deleteTag(MlflowFields.uid(body), MlflowFields.text(body, "key")));
        paths.change(
                "runs/log-inputs",
                body -> runs.addDatasets(MlflowFields.uid(body), MlflowFields.list(body, "datasets", MAX_METRICS)));
        paths.get("metrics/get-history", this::history);
    }

    private void add(MlflowPaths paths, String path, Function<ObjectNode, MlflowChange> reading) {
        paths.change(path, body -> runs.add(MlflowFields.uid(body), reading.apply(body)));
    }

    private void create(Context request) {
        ObjectNode body = Replies.body(request);
        Map<String, String> tags = MlflowFields.pairs(body, "tags", MAX_OTHERS, MlflowFields.MAX_TAG);
        String given = MlflowFields.text(body, "run_name", MlflowFields.MAX_NAME);
        reply(
                request,
                runs.create(
                        MlflowFields.experiment(body),
                        given.isEmpty() ? tags.getOrDefault("mlflow.runName", "") : given,
                        MlflowFields.text(body, "user_id", MAX_USER),
                        MlflowFields.whole(body, "start_time", System.currentTimeMillis()),
                        tags));
    }

    private void update(Context request) {
        ObjectNode body = Replies.body(request);
        Long end = body.hasNonNull("end_time") ? Long.valueOf(MlflowFields.whole(body, "end_time", 0)) : null;
        String name = MlflowFields.text(body, "run_name", MlflowFields.MAX_NAME);
        MlflowRun run =
                runs.update(MlflowFields.uid(body), body.path("status").textValue(), end, name.isEmpty() ? null : name);
        Replies.json(request, 200, Map.of("run_info", MlflowDocuments.info(run)));
    }

    private void addBatch(Context request) {
        ObjectNode body = Replies.body(request);
        String uid = MlflowFields.uid(body);
        int size = request.bodyAsBytes().length;
        if (size > MAX_BATCH_BYTES) {
            throw Failure.badRequest(
                    "Batched logging API requests must be at most " + MAX_BATCH_BYTES + " bytes, got " + size);
        }
        runs.add(uid, batch(body));
        Replies.json(request, 200, Map.of());
    }

    private static MlflowChange batch(ObjectNode body) {
        List<MlflowPoint> points = new ArrayList<>();
        MlflowFields.list(body, "metrics", MAX_METRICS).forEach(metric -> points.add(MlflowFields.point(metric)));
        Map<String, String> params = MlflowFields.pairs(body, "params", MAX_OTHERS, MlflowFields.MAX_PARAM);
        Map<String, String> tags = MlflowFields.pairs(body, "tags", MAX_OTHERS, MlflowFields.MAX_TAG);
        if (points.size() + params.size() + tags.size() > MAX_METRICS) {
            throw Failure.badRequest(
                    "A batch logging request can contain at most " + MAX_METRICS + " metrics, params, and tags");
        }
        return new MlflowChange(points, params, tags);
    }

    /** A page; all points for clients that ask for none, which know no pages. */
    private void history(Context request) throws IOException {
        ObjectNode query = MlflowFields.ofQuery(request);
        String uid = MlflowFields.uid(query);
        String key = MlflowFields.text(query, "metric_key");
        boolean isPage = query.has("max_results");
        int limit = isPage ? MlflowFields.limit(query) : HISTORY_PAGE;
        String token = query.path("page_token").asText("");
        MlflowRuns.History history = runs.history(uid, key, token.isEmpty() ? 0 : MlflowFields.number(token), limit);
        request.status(200).contentType("application/json");
        try (JsonGenerator answer = Json.MAPPER.createGenerator(request.outputStream())) {
            answer.writeStartObject();
            answer.writeArrayFieldStart("metrics");
            write(answer, history);
            OptionalLong next = history.next();
            while (!isPage && next.isPresent()) {
                history = runs.history(uid, key, next.getAsLong(), limit);
                write(answer, history);
                next = history.next();
            }
            answer.writeEndArray();
            if (next.isPresent()) {
                answer.writeStringField("next_page_token", Long.toString(next.getAsLong()));
            }
            answer.writeEndObject();
        }
    }

    private static void write(JsonGenerator answer, MlflowRuns.History history) throws IOException {
        for (MlflowPoint point : history.points()) {
            answer.writePOJO(MlflowDocuments.point(point));
        }
    }

    private void search(Context request) {
        ObjectNode body = Replies.body(request);
        List<Long> experiments = new ArrayList<>();
        MlflowFields.list(body, "experiment_ids", MAX_EXPERIMENTS)
                .forEach(id -> experiments.add(MlflowFields.number(id.asText())));
        MlflowSearch.Page<MlflowRun> page = search.runs(experiments, MlflowFields.query(body, "run_view_type"));
        Map<Long, List<MlflowPoint>> newest = runs.newest(page.items());
        Replies.json(
                request,
                200,
                MlflowDocuments.page(
                        "runs", page, run -> MlflowDocuments.run(run, newest.getOrDefault(run.run(), List.of()))));
    }

    private void reply(Context request, MlflowRun run) {
        List<MlflowPoint> newest = runs.newest(List.of(run)).getOrDefault(run.run(), List.of());
        Replies.json(request, 200, Map.of("run", MlflowDocuments.run(run, newest)));
    }
}
