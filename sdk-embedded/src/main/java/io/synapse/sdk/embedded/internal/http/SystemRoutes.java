package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent itself: health, policy, status; and what this agent does not have, each with a sentence that says so. */
final class SystemRoutes {
    private static final String NO_COMPOSE =
            "this agent was not deployed with Docker Compose; restart or replace its process instead";

    /** Only a packaged agent knows its version. */
    private static final String VERSION = Optional.ofNullable(
                    SystemRoutes.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final Backend backend;
    private final DockerEngine engine;
    private final Instant started;

    SystemRoutes(Backend backend, DockerEngine engine, Instant started) {
        this.backend = backend;
        this.engine = engine;
        this.started = started;
    }

    void register(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get(
                "/resources/policy",
                request -> Answers.json(request, 200, backend.policy().values()));
        routes.patch("/resources/policy", this::changePolicy);
        routes.get("/system/status", this::status);
        routes.get("/system/compose-config", answering(501, NO_COMPOSE));
        routes.post("/system/update", answering(501, NO_COMPOSE));
        routes.post("/system/restart", answering(501, NO_COMPOSE));
    }

    private void health(Context request) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ok");
        health.put("version", VERSION);
        health.put("backend", backend.name());
        health.put("log_identity", true);
        health.put("workspaces", true);
        health.putAll(backend.health());
        health.put("docker", dockerHealth());
        Answers.json(request, 200, health);
    }

    private Map<String, Object> dockerHealth() {
        try {
            engine.require();
            return Map.of("available", true);
        } catch (EngineException e) {
            return Map.of("available", false, "detail", String.valueOf(e.getMessage()));
        }
    }

    private void changePolicy(Context request) {
        Answers.json(request, 200, backend.changePolicy(Answers.body(request)).values());
    }

    /** The keys say which Compose operation is under way; without Compose, none ever is. */
    private void status(Context request) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("in_progress", false);
        status.put("operation", null);
        status.put("started_at", null);
        status.put("api_tag", null);
        status.put("worker_tag", null);
        status.put("backend", backend.name());
        status.put("agent_started_at", started.toString());
        status.put("running_jobs", backend.jobs().runningCount());
        Answers.json(request, 200, status);
    }

    private static Handler answering(int status, String sentence) {
        return request -> {
            throw new RefusedException(status, sentence);
        };
    }
}
