package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;

/**
 * What there is not of MLflow's REST: traces, logged models, the model registry. Clients that know older servers too try
 * another way when they are told so. Registered after the routes that there are.
 */
public final class MlflowUnknownRoutes {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        // Asked by each client that lists a folder of artifacts, and not taken for an older server's: there are no
        // models.
        routes.post(
                "/api/2.0/mlflow/logged-models/search",
                request -> Replies.json(request, 200, Map.of("models", List.of())));
        Handler unknown = request -> MlflowFields.error(
                request, 404, "ENDPOINT_NOT_FOUND", "This server has no " + request.method() + " " + request.path());
        for (String path : List.of("/api/2.0/mlflow/<path>", "/api/3.0/mlflow/<path>")) {
            routes.get(path, unknown)
                    .post(path, unknown)
                    .put(path, unknown)
                    .patch(path, unknown)
                    .delete(path, unknown);
        }
    }
}
