package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent itself: health, policy, status; and what this agent does not have, each with a sentence that says so. */
final class SystemRoutes {
    private static final String NO_CONTAINERS =
            "this agent runs jobs as local processes; containers and plugins need a Docker Engine, which it does not use";
    private static final String NO_COMPOSE =
            "this agent was not deployed with Docker Compose; restart or replace its process instead";

    /** Only a packaged agent knows its version. */
    private static final String VERSION = Optional.ofNullable(
                    SystemRoutes.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final LocalJobs jobs;
    private final DockerSocket docker = new DockerSocket();
    private final Instant started;

    SystemRoutes(LocalJobs jobs, Instant started) {
        this.jobs = jobs;
        this.started = started;
    }

    void register(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get(
                "/resources/policy",
                request -> Answers.json(request, 200, jobs.policy().values()));
        routes.patch("/resources/policy", this::changePolicy);
        routes.get("/serve_applications", request -> Answers.json(request, 200, List.of()));
        routes.get("/serve_applications/{name}", SystemRoutes::noApplication);
        routes.delete("/serve_applications/{name}", SystemRoutes::noApplication);
        routes.get("/system/status", this::status);
        routes.get("/system/compose-config", answering(501, NO_COMPOSE));
        routes.post("/system/update", answering(501, NO_COMPOSE));
        routes.post("/system/restart", answering(501, NO_COMPOSE));
        registerContainers(routes, answering(503, NO_CONTAINERS));
    }

    private static void registerContainers(RoutesConfig routes, Handler unavailable) {
        routes.get("/builds/{id}", unavailable);
        for (String list : List.of("/containers", "/containers/docker", "/plugin_releases")) {
            routes.get(list, unavailable);
            routes.post(list, unavailable);
        }
        for (String item : List.of("/containers/{id}", "/containers/docker/{id}", "/plugin_releases/{id}")) {
            routes.get(item, unavailable);
            routes.delete(item, unavailable);
        }
        routes.patch("/containers/{id}", unavailable);
        routes.post("/containers/docker/{id}/stop", unavailable);
        routes.post("/containers/docker/{id}/start", unavailable);
        routes.post("/plugin_releases/{id}/run", unavailable);
        routes.post("/plugin_releases/run_debug", unavailable);
    }

    private void health(Context request) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ok");
        health.put("version", VERSION);
        health.put("backend", "local");
        health.put("docker", docker.report());
        Answers.json(request, 200, health);
    }

    private void changePolicy(Context request) {
        jobs.policy(jobs.policy().with(Answers.body(request)));
        Answers.json(request, 200, jobs.policy().values());
    }

    /** The keys say which Compose operation is under way; without Compose, none ever is. */
    private void status(Context request) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("in_progress", false);
        status.put("operation", null);
        status.put("started_at", null);
        status.put("api_tag", null);
        status.put("worker_tag", null);
        status.put("backend", "local");
        status.put("agent_started_at", started.toString());
        status.put("running_jobs", jobs.runningCount());
        Answers.json(request, 200, status);
    }

    private static void noApplication(Context request) {
        throw new RefusedException(404, "no such Serve application: this agent runs no Ray Serve");
    }

    private static Handler answering(int status, String sentence) {
        return request -> {
            throw new RefusedException(status, sentence);
        };
    }
}
