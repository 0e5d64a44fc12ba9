package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.backend.Nodes;

/** {@code nodes/…}, {@code gpu_status/} and {@code resources/…}: the machines, and what they have. */
final class NodeRoutes {
    private final Nodes nodes;

    NodeRoutes(Nodes nodes) {
        this.nodes = nodes;
    }

    void register(RoutesConfig routes) {
        routes.get("/nodes", request -> Answers.json(request, 200, nodes.list()));
        routes.get("/nodes/{id}", request -> Answers.json(request, 200, nodes.get(request.pathParam("id"))));
        routes.get("/gpu_status", request -> Answers.json(request, 200, nodes.gpuStatus()));
        routes.get("/resources/cluster", this::cluster);
        routes.post("/resources/feasibility", this::check);
    }

    private void cluster(Context request) {
        boolean useCache = !"false".equals(request.queryParam("use_cache"));
        Answers.json(request, 200, nodes.clusterResources(useCache));
    }

    private void check(Context request) {
        Answers.json(request, 200, nodes.feasibility(Answers.body(request)));
    }
}
