package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.backend.ServeApplications;
import java.util.Map;

/** {@code serve_applications/…}. */
final class ServeRoutes {
    private final ServeApplications applications;

    ServeRoutes(ServeApplications applications) {
        this.applications = applications;
    }

    void register(RoutesConfig routes) {
        routes.get("/serve_applications", request -> Answers.json(request, 200, applications.list()));
        routes.get(
                "/serve_applications/{name}",
                request -> Answers.json(request, 200, applications.get(request.pathParam("name"))));
        routes.delete("/serve_applications/{name}", this::delete);
    }

    private void delete(Context request) {
        applications.delete(request.pathParam("name"));
        Answers.json(request, 200, Map.of("deleted", true));
    }
}
