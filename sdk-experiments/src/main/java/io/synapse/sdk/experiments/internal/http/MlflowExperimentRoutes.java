package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiment;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiments;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /api/2.0/mlflow/experiments/…} (wire/experiments.md, section 11). */
public final class MlflowExperimentRoutes {
    private static final String ROOT = "/api/2.0/mlflow/experiments/";
    private static final int MAX_TAGS = 100;
    private static final int MAX_ORDERS = 20;

    private final MlflowExperiments experiments;
    private final MlflowSearch search;

    public MlflowExperimentRoutes(MlflowExperiments experiments, MlflowSearch search) {
        this.experiments = experiments;
        this.search = search;
    }

    private interface Change {
        void of(long experiment, ObjectNode body);
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        get(routes, "get-by-name", this::find);
        get(
                routes,
                "get",
                request -> reply(request, experiments.get(MlflowFields.experiment(MlflowFields.ofQuery(request)))));
        get(routes, "search", request -> search(request, MlflowFields.ofQuery(request)));
        post(routes, "search", request -> search(request, Replies.body(request)));
        post(routes, "create", this::create);
        change(routes, "update", (id, body) -> experiments.rename(id, name(body, "new_name")));
        change(routes, "delete", (id, body) -> experiments.delete(id));
        change(routes, "restore", (id, body) -> experiments.restore(id));
        change(
                routes,
                "set-experiment-tag",
                (id, body) -> MlflowFields.pair(body, MlflowFields.MAX_EXPERIMENT_TAG)
                        .forEach((key, value) -> experiments.setTag(id, key, value)));
        change(
                routes,
                "delete-experiment-tag",
                (id, body) -> experiments.deleteTag(id, MlflowFields.text(body, "key")));
    }

    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(ROOT + path, MlflowFields.withErrors(handler));
    }

    private static void post(RoutesConfig routes, String path, Handler handler) {
        routes.post(ROOT + path, MlflowFields.withErrors(handler));
    }

    private static void change(RoutesConfig routes, String path, Change change) {
        post(routes, path, request -> {
            ObjectNode body = Replies.body(request);
            change.of(MlflowFields.experiment(body), body);
            Replies.json(request, 200, Map.of());
        });
    }

    private void find(Context request) {
        String name = MlflowFields.text(MlflowFields.ofQuery(request), "experiment_name");
        reply(
                request,
                experiments
                        .find(name)
                        .orElseThrow(() -> Failure.notFound("Could not find experiment with name '" + name + "'")));
    }

    private void create(Context request) {
        ObjectNode body = Replies.body(request);
        Map<String, String> tags = MlflowFields.pairs(body, "tags", MAX_TAGS, MlflowFields.MAX_EXPERIMENT_TAG);
        long id = experiments.create(name(body, "name"), tags);
        Replies.json(request, 200, Map.of("experiment_id", Long.toString(id)));
    }

    private void search(Context request, ObjectNode body) {
        MlflowSearch.Page<MlflowExperiment> page =
                search.experiments(MlflowFields.query(body, "view_type", MAX_ORDERS));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "experiments",
                page.items().stream().map(MlflowDocuments::experiment).toList());
        if (page.nextToken() != null) {
            answer.put("next_page_token", page.nextToken());
        }
        Replies.json(request, 200, answer);
    }

    private static String name(ObjectNode body, String field) {
        MlflowFields.text(body, field);
        return MlflowFields.text(body, field, MlflowFields.MAX_NAME);
    }

    private static void reply(Context request, MlflowExperiment experiment) {
        Replies.json(request, 200, Map.of("experiment", MlflowDocuments.experiment(experiment)));
    }
}
