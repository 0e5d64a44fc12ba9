package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.mlflow.MlflowChange;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRun;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRuns;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.0/mlflow/runs/…} and {@code metrics/…}: what MLflow's clients log (wire/experiments.md, section 11). */
public final class MlflowRunRoutes {
    private static final String ROOT = "/api/2.0/mlflow/";
    private static final int MAX_EXPERIMENTS = 10_000;
    private static final int MAX_METRICS = 1000;
    private static final int MAX_OTHERS = 100;
    private static final int MAX_ORDERS = 20;
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
        post(routes, "runs/create", this::create);
        post(routes, "runs/update", this::update);
        get(routes, "runs/get", request -> reply(request, runs.get(MlflowFields.uid(MlflowFields.ofQuery(request)))));
        post(routes, "runs/search", this::search);
        change(routes, "runs/delete", body -> runs.delete(MlflowFields.uid(body)));
        change(routes, "runs/restore", body -> runs.restore(MlflowFields.uid(body)));
        add(
                routes,
                "runs/log-metric",
                (request, body) -> new MlflowChange(List.of(MlflowFields.point(body)), Map.of(), Map.of()));
        add(
                routes,
                "runs/log-parameter",
                (request, body) ->
                        new MlflowChange(List.of(), MlflowFields.pair(body, MlflowFields.MAX_PARAM), Map.of()));
        add(
                routes,
                "runs/set-tag",
                (request, body) ->
                        new MlflowChange(List.of(), Map.of(), MlflowFields.pair(body, MlflowFields.MAX_TAG)));
        add(routes, "runs/log-batch", MlflowRunRoutes::batch);
        change(
                routes,
                "runs/delete-tag",
                body -> runs.deleteTag(MlflowFields.uid(body), MlflowFields.text(body, "key")));
        change(
                routes,
                "runs/log-inputs",
                body -> runs.addDatasets(MlflowFields.uid(body), MlflowFields.list(body, "datasets", MAX_METRICS)));
        get(routes, "metrics/get-history", this::history);
    }

    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(ROOT + path, MlflowFields.withErrors(handler));
    }

    private static void post(RoutesConfig routes, String path, Handler handler) {
        routes.post(ROOT + path, MlflowFields.withErrors(handler));
    }

    private static void change(RoutesConfig routes, String path, Consumer<ObjectNode> change) {
        post(routes, path, request -> {
            change.accept(Replies.body(request));
            Replies.json(request, 200, Map.of());
        });
    }

    private void add(RoutesConfig routes, String path, BiFunction<Context, ObjectNode, MlflowChange> reading) {
        post(routes, path, request -> {
            ObjectNode body = Replies.body(request);
            runs.add(MlflowFields.uid(body), reading.apply(request, body));
            Replies.json(request, 200, Map.of());
        });
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

    private static MlflowChange batch(Context request, ObjectNode body) {
        if (request.bodyAsBytes().length > MAX_BATCH_BYTES) {
            throw Failure.badRequest("Batched logging API requests must be at most " + MAX_BATCH_BYTES + " bytes, got "
                    + request.bodyAsBytes().length);
        }
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
        MlflowSearch.Page<MlflowRun> page =
                search.runs(experiments, MlflowFields.query(body, "run_view_type", MAX_ORDERS));
        Map<Long, List<MlflowPoint>> newest = runs.newest(page.items());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put(
                "runs",
                page.items().stream()
                        .map(run -> MlflowDocuments.run(run, newest.getOrDefault(run.run(), List.of())))
                        .toList());
        if (page.nextToken() != null) {
            answer.put("next_page_token", page.nextToken());
        }
        Replies.json(request, 200, answer);
    }

    private void reply(Context request, MlflowRun run) {
        List<MlflowPoint> newest = runs.newest(List.of(run)).getOrDefault(run.run(), List.of());
        Replies.json(request, 200, Map.of("run", MlflowDocuments.run(run, newest)));
    }
}
