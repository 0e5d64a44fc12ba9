package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;

/** {@code GET /api/}: what this server is, by which clients know it from the original. */
final class SystemRoutes {
    private static final Map<String, Object> DESCRIPTION = Map.of(
            "message", "Synapse experiments",
            "version", "1.0.0",
            "status", "running",
            "server", "synapse",
            "features", List.of("idempotency", "resumable-events", "log-offset", "sync-offset", "leases", "expand"));

    void register(RoutesConfig routes) {
        routes.get("/api/", request -> Replies.json(request, 200, DESCRIPTION));
    }
}
