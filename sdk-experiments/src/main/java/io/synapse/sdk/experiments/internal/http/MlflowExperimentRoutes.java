package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiment;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiments;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.util.Map;

/** {@code /api/2.0/mlflow/experiments/…} (wire/experiments.md, section 11). */
public final class MlflowExperimentRoutes {
    private static final String ROOT = "/api/2.0/mlflow/experiments/";
    private static final int MAX_TAGS = 100;

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
        MlflowPaths paths = new MlflowPaths(routes, ROOT);
        paths.get("get-by-name", this::find);
        paths.get(
                "get",
                request -> reply(request, experiments.get(MlflowFields.experiment(MlflowFields.ofQuery(request)))));
        paths.get("search", request -> search(request, MlflowFields.ofQuery(request)));
        paths.post("search", request -> search(request, Replies.body(request)));
        paths.post("create", this::create);
        change(paths, "update", (id, body) -> experiments.rename(id, name(body, "new_name")));
        change(paths, "delete", (id, body) -> experiments.delete(id));
        change(paths, "restore", (id, body) -> experiments.restore(id));
        change(
                paths,
                "set-experiment-tag",
                (id, body) -> MlflowFields.pair(body, MlflowFields.MAX_EXPERIMENT_TAG)
                        .forEach((key, value) -> experiments.setTag(id, key, value)));
        change(paths, "delete-experiment-tag", (id, body) -> experiments.deleteTag(id, MlflowFields.text(body, "key")));
    }

    private static void change(MlflowPaths paths, String path, Change change) {
        paths.change(path, body -> change.of(MlflowFields.experiment(body), body));
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
        MlflowSearch.Page<MlflowExperiment> page = search.experiments(MlflowFields.query(body, "view_type"));
        Replies.json(request, 200, MlflowDocuments.page("experiments", page, MlflowDocuments::experiment));
    }

    private static String name(ObjectNode body, String field) {
        MlflowFields.text(body, field);
        return MlflowFields.text(body, field, MlflowFields.MAX_NAME);
    }

    private static void reply(Context request, MlflowExperiment experiment) {
        Replies.json(request, 200, Map.of("experiment", MlflowDocuments.experiment(experiment)));
    }
}
