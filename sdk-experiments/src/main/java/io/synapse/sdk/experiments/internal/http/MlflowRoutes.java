package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.mlflow.MlflowChange;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiment;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRun;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import io.synapse.sdk.experiments.internal.mlflow.MlflowStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.0/mlflow/…}: what clients of MLflow need to log runs and to look at them (wire/experiments.md, section 11). */
public final class MlflowRoutes {
    private static final String ROOT = "/api/2.0/mlflow/";
    private static final int MAX_RESULTS = 50_000;
    private static final int DEFAULT_RESULTS = 1000;
    private static final int MAX_METRICS = 1000;
    private static final int MAX_OTHERS = 100;

    private final MlflowStore store;
    private final MlflowSearch search;

    public MlflowRoutes(MlflowStore store) {
        this.store = store;
        this.search = new MlflowSearch(store);
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        get(routes, "experiments/get-by-name", this::experimentOfName);
        get(
                routes,
                "experiments/get",
                request -> experiment(request, store.experiment(id(query(request, "experiment_id")))));
        post(routes, "experiments/create", this::createExperiment);
        post(routes, "experiments/search", this::searchExperiments);
        get(routes, "experiments/search", this::searchExperiments);
        post(routes, "runs/create", this::createRun);
        post(routes, "runs/update", this::updateRun);
        get(routes, "runs/get", request -> run(request, store.get(uid(request))));
        post(routes, "runs/search", this::searchRuns);
        post(routes, "runs/log-metric", request -> {
            ObjectNode body = Replies.body(request);
            add(request, body, new MlflowChange(List.of(MlflowFields.point(body)), Map.of(), Map.of()));
        });
        post(routes, "runs/log-parameter", request -> {
            ObjectNode body = Replies.body(request);
            add(request, body, new MlflowChange(List.of(), MlflowFields.pair(body), Map.of()));
        });
        post(routes, "runs/set-tag", request -> {
            ObjectNode body = Replies.body(request);
            add(request, body, new MlflowChange(List.of(), Map.of(), MlflowFields.pair(body)));
        });
        post(routes, "runs/log-batch", this::logBatch);
        post(routes, "runs/delete-tag", request -> {
            ObjectNode body = Replies.body(request);
            store.deleteTag(MlflowFields.uid(body), MlflowFields.text(body, "key"));
            Replies.json(request, 200, Map.of());
        });
        get(routes, "metrics/get-history", this::history);
    }

    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(ROOT + path, MlflowFields.withErrors(handler));
    }

    private static void post(RoutesConfig routes, String path, Handler handler) {
        routes.post(ROOT + path, MlflowFields.withErrors(handler));
    }

    private void experimentOfName(Context request) {
        String name = query(request, "experiment_name");
        experiment(
                request,
                store.experiment(name)
                        .orElseThrow(() -> Failure.notFound("Could not find experiment with name '" + name + "'")));
    }

    private void createExperiment(Context request) {
        long id = store.createExperiment(MlflowFields.text(Replies.body(request), "name"));
        Replies.json(request, 200, Map.of("experiment_id", Long.toString(id)));
    }

    private void searchExperiments(Context request) {
        List<?> all = store.experiments().stream().map(MlflowRoutes::document).toList();
        Replies.json(request, 200, Map.of("experiments", all));
    }

    private void createRun(Context request) {
        ObjectNode body = Replies.body(request);
        Map<String, String> tags = MlflowFields.pairs(body, "tags", Integer.MAX_VALUE);
        String given = body.path("run_name").asText("");
        String name = given.isEmpty() ? tags.getOrDefault("mlflow.runName", "run") : given;
        long start = MlflowFields.whole(body, "start_time", System.currentTimeMillis());
        run(
                request,
                store.create(
                        id(MlflowFields.text(body, "experiment_id")),
                        name,
                        body.path("user_id").asText(""),
                        start,
                        tags));
    }

    private void updateRun(Context request) {
        ObjectNode body = Replies.body(request);
        Long end = body.hasNonNull("end_time") ? Long.valueOf(MlflowFields.whole(body, "end_time", 0)) : null;
        MlflowRun run = store.update(MlflowFields.uid(body), body.path("status").textValue(), end);
        Replies.json(request, 200, Map.of("run_info", info(run)));
    }

    private void logBatch(Context request) {
        ObjectNode body = Replies.body(request);
        List<MlflowPoint> points = new ArrayList<>();
        MlflowFields.list(body, "metrics", MAX_METRICS).forEach(metric -> points.add(MlflowFields.point(metric)));
        Map<String, String> params = MlflowFields.pairs(body, "params", MAX_OTHERS);
        Map<String, String> tags = MlflowFields.pairs(body, "tags", MAX_OTHERS);
        add(request, body, new MlflowChange(points, params, tags));
    }

    private void add(Context request, ObjectNode body, MlflowChange change) {
        store.add(MlflowFields.uid(body), change);
        Replies.json(request, 200, Map.of());
    }

    private void history(Context request) {
        List<MlflowPoint> all = store.history(uid(request), query(request, "metric_key"));
        page(
                request,
                "metrics",
                all.stream().map(MlflowRoutes::document).toList(),
                request.queryParam("max_results"),
                request.queryParam("page_token"));
    }

    private void searchRuns(Context request) {
        ObjectNode body = Replies.body(request);
        List<Long> experiments = new ArrayList<>();
        MlflowFields.list(body, "experiment_ids", MAX_RESULTS).forEach(given -> experiments.add(id(given.asText())));
        List<String> orders = new ArrayList<>();
        MlflowFields.list(body, "order_by", MAX_OTHERS).forEach(order -> orders.add(order.asText()));
        List<?> found = search.find(experiments, body.path("filter").asText(""), orders).stream()
                .map(one -> document(one.run(), one.metrics()))
                .toList();
        JsonNode most = body.path("max_results");
        page(
                request,
                "runs",
                found,
                most.isMissingNode() ? null : most.asText(),
                body.path("page_token").textValue());
    }

    private static void page(Context request, String name, List<?> all, @Nullable String most, @Nullable String token) {
        int from = (int) Math.min(token == null || token.isEmpty() ? 0 : id(token), all.size());
        long limit = most == null ? DEFAULT_RESULTS : id(most);
        int to = (int) Math.min(all.size(), from + Math.min(limit, MAX_RESULTS));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, all.subList(from, to));
        if (to < all.size()) {
            page.put("next_page_token", Integer.toString(to));
        }
        Replies.json(request, 200, page);
    }

    private void run(Context request, MlflowRun run) {
        Replies.json(request, 200, Map.of("run", document(run, store.latest(run))));
    }

    private static void experiment(Context request, MlflowExperiment experiment) {
        Replies.json(request, 200, Map.of("experiment", document(experiment)));
    }

    private static Map<String, Object> document(MlflowExperiment experiment) {
        return Map.of(
                "experiment_id", Long.toString(experiment.id()),
                "name", experiment.name(),
                "artifact_location", "mlflow-artifacts:/" + experiment.id(),
                "lifecycle_stage", "active",
                "creation_time", experiment.createdAt(),
                "last_update_time", experiment.createdAt());
    }

    private static Map<String, Object> document(MlflowPoint point) {
        return Map.of("key", point.key(), "value", point.value(), "timestamp", point.timestamp(), "step", point.step());
    }

    private static Map<String, Object> document(MlflowRun run, List<MlflowPoint> metrics) {
        Map<String, Object> data = Map.of(
                "metrics", metrics.stream().map(MlflowRoutes::document).toList(),
                "params", pairs(run.params()),
                "tags", pairs(run.tags()));
        return Map.of("info", info(run), "data", data, "inputs", Map.of());
    }

    private static List<Map<String, String>> pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> Map.of("key", text.getKey(), "value", text.getValue()))
                .toList();
    }

    private static Map<String, Object> info(MlflowRun run) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("run_id", run.uid());
        info.put("run_uuid", run.uid());
        info.put("run_name", run.name());
        info.put("experiment_id", Long.toString(run.experiment()));
        info.put("user_id", run.user());
        info.put("status", run.status());
        info.put("start_time", run.startTime());
        if (run.endTime() != null) {
            info.put("end_time", run.endTime());
        }
        info.put("artifact_uri", "mlflow-artifacts:/" + run.experiment() + "/" + run.uid() + "/artifacts");
        info.put("lifecycle_stage", "active");
        return info;
    }

    private static String uid(Context request) {
        String uid = request.queryParam("run_id");
        return uid == null ? query(request, "run_uuid") : uid;
    }

    private static String query(Context request, String name) {
        String value = request.queryParam(name);
        if (value == null) {
            throw Failure.badRequest("Missing value for required parameter '" + name + "'");
        }
        return value;
    }

    private static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Failure.badRequest("Invalid number: " + text);
        }
        return Long.parseLong(text);
    }
}
