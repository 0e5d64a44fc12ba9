package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.Map;

/** {@code nodes/…}, {@code gpu_status/} and {@code resources/…}: the machines, and what they have. */
final class NodeRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        if (!(Answers.body(request) instanceof ObjectNode body)) {
            throw new RefusedException(400, "the request must be a JSON object");
        }
        Map<String, Object> fields = JSON.convertValue(body, new TypeReference<>() {});
        Answers.json(request, 200, nodes.feasibility(fields));
    }
}
