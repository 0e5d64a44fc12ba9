package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds routes of MLflow's REST, whose failures are answered in its form.
 *
 * @param routes to which they are added
 * @param root what their paths begin with
 */
record MlflowPaths(RoutesConfig routes, String root) {
    void get(String path, Handler handler) {
        routes.get(root + path, MlflowFields.withErrors(handler));
    }

    void post(String path, Handler handler) {
        routes.post(root + path, MlflowFields.withErrors(handler));
    }

    /** A change by a POST, whose answer says no more than that it was made. */
    void change(String path, Consumer<ObjectNode> change) {
        post(path, request -> {
            change.accept(Replies.body(request));
            Replies.json(request, 200, Map.of());
        });
    }
}
