package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.synapse.sdk.embedded.internal.backend.Tasks;

/** {@code tasks/…}. */
final class TaskRoutes {
    private final Tasks tasks;

    TaskRoutes(Tasks tasks) {
        this.tasks = tasks;
    }

    void register(RoutesConfig routes) {
        routes.get("/tasks", request -> Answers.array(request, tasks.list()));
        routes.get("/tasks/{id}", request -> Answers.json(request, 200, tasks.get(request.pathParam("id"))));
    }
}
