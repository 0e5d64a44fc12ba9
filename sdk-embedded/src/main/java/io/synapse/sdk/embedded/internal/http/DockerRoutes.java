package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.container.BuildOutcome;
import io.synapse.sdk.embedded.internal.container.BuildRecord;
import io.synapse.sdk.embedded.internal.container.ContainerOrder;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.container.MachineContainers;
import java.io.IOException;
import java.util.Objects;

/** {@code containers/docker/…}: the raw Docker containers of this machine, whoever started them. */
final class DockerRoutes {
    private final Containers containers;
    private final MachineContainers host;

    DockerRoutes(Containers containers) {
        this.containers = containers;
        this.host = containers.ofMachine();
    }

    void register(RoutesConfig routes) {
        routes.get("/containers/docker", this::list);
        routes.post("/containers/docker", this::create);
        routes.get(
                "/containers/docker/{id}",
                request -> Answers.json(request, 200, DockerDocument.ofInspected(host.get(id(request)))));
        routes.delete("/containers/docker/{id}", request -> {
            host.delete(id(request));
            request.status(204);
        });
        routes.post("/containers/docker/{id}/start", request -> {
            host.start(id(request));
            request.status(204);
        });
        routes.post("/containers/docker/{id}/stop", request -> {
            host.stop(id(request));
            request.status(204);
        });
    }

    private void list(Context request) {
        Answers.json(
                request, 200, host.list().stream().map(DockerDocument::ofListed).toList());
    }

    /** The answer comes when the container is there: nothing else could tell of it. */
    private void create(Context request) throws IOException {
        JsonNode body = Answers.body(request);
        String release = Fields.of(body, "the request").required("plugin_release");
        BuildRecord build = containers
                .createWithoutRecord(release, ContainerOrder.parse(body))
                .await();
        BuildOutcome outcome = build.outcome();
        if (outcome == null) {
            throw new RefusedException(500, Objects.requireNonNullElse(build.error(), "the container was not made"));
        }
        Answers.json(request, 201, DockerDocument.ofInspected(host.get(outcome.containerId())));
    }

    private static String id(Context request) {
        String id = request.pathParam("id");
        Fields.require(
                id.matches("[A-Za-z0-9_.-]{1,255}"),
                "the name or ID of a Docker container has letters, digits, _, . and - only");
        return id;
    }
}
