package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.synapse.sdk.embedded.internal.ResourceId;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.container.Build;
import io.synapse.sdk.embedded.internal.container.BuildRecord;
import io.synapse.sdk.embedded.internal.container.ContainerOrder;
import io.synapse.sdk.embedded.internal.container.ContainerRecord;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code containers/…} and {@code builds/…} (wire/agent.md, sections 4 and 6). */
final class ContainerRoutes {
    /** Less than the 10 s that the published client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Containers containers;
    private final PluginReleases releases;

    ContainerRoutes(Containers containers, PluginReleases releases) {
        this.containers = containers;
        this.releases = releases;
    }

    void register(RoutesConfig routes) {
        routes.get("/containers", this::list);
        routes.post("/containers", this::create);
        routes.get("/containers/{id}", this::get);
        routes.patch("/containers/{id}", this::update);
        routes.delete("/containers/{id}", this::delete);
        routes.get("/builds/{id}", this::build);
        routes.post("/builds/{id}/cancel", this::cancelBuild);
    }

    private void list(Context request) {
        String status = request.queryParam("status");
        List<Map<String, @Nullable Object>> documents = containers.list().stream()
                .map(container -> ContainerDocument.of(container, request.host()))
                .filter(document -> status == null || status.equals(document.get("status")))
                .toList();
        Answers.json(request, 200, Paging.page(request, documents));
    }

    private void create(Context request) throws IOException, InterruptedException {
        JsonNode body = request.isMultipartFormData() ? ContainerForm.read(request) : Answers.body(request);
        ContainerOrder order = ContainerOrder.parse(body);
        Long model = model(body);
        String release = release(request, body);
        answer(request, containers.create(release, model, order));
    }

    private void get(Context request) {
        ContainerRecord container = containers.get(id(request));
        Map<String, @Nullable Object> document = ContainerDocument.of(container, request.host());
        containers.inspection(container).ifPresent(attributes -> document.put("attrs", attributes));
        Answers.json(request, 200, document);
    }

    private void update(Context request) throws IOException, InterruptedException {
        String id = id(request);
        String status = Answers.body(request).path("status").asText();
        switch (status) {
            case "stopped" -> containers.stop(id);
            case "running" -> {
                Optional<Build> build = containers.start(id);
                if (build.isPresent()) {
                    build.get().await(PATIENCE);
                }
            }
            default -> throw new RefusedException(400, "status can be set to running or stopped, not to " + status);
        }
        Answers.json(request, 200, ContainerDocument.of(containers.get(id), request.host()));
    }

    private void delete(Context request) {
        containers.delete(id(request));
        request.status(204);
    }

    private void build(Context request) {
        Answers.json(request, 200, document(containers.builds().get(id(request)), request));
    }

    private void cancelBuild(Context request) {
        String id = id(request);
        containers.builds().cancel(id);
        Answers.json(request, 200, Map.of("cancelling", true));
    }

    /** What is over soon is answered at once; for the rest, the caller is told where to look. */
    private void answer(Context request, Build build) throws InterruptedException {
        BuildRecord record = build.await(isAsynchronous(request) ? Duration.ZERO : PATIENCE);
        Map<String, @Nullable Object> document = document(record, request);
        if (document.get("result") instanceof Map<?, ?> container) {
            Answers.json(request, 200, container);
            return;
        }
        String path = request.host() + "/builds/" + build.id() + "/";
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("build_id", build.id());
        links.put("status", document.get("status"));
        links.put("ws_url", "ws://" + path + "logs/");
        links.put("sse_url", "http://" + path + "logs/stream/");
        links.put("status_url", "http://" + path);
        Answers.json(request, 202, links);
    }

    private Map<String, @Nullable Object> document(BuildRecord build, Context request) {
        return ContainerDocument.ofBuild(
                build, containers.recordOf(build).map(made -> ContainerDocument.of(made, request.host())));
    }

    /** The release that is named, or the one in the archive that came along; these have to be the same. */
    private String release(Context request, JsonNode body) throws IOException {
        String named = Fields.of(body, "the request").textNotBlank("plugin_release");
        List<UploadedFile> archives = request.isMultipartFormData() ? request.uploadedFiles("file") : List.of();
        Fields.require(archives.size() <= 1, "the form has " + archives.size() + " files; one is the archive");
        if (archives.isEmpty()) {
            Fields.require(named != null, "plugin_release is missing, and so is an archive as \"file\"");
            return Objects.requireNonNull(named);
        }
        try (InputStream content = archives.get(0).content()) {
            return releases.keep(content, named).reference();
        }
    }

    /** RFC 7240, section 4.1. */
    private static boolean isAsynchronous(Context request) {
        return String.valueOf(request.header("Prefer")).contains("respond-async");
    }

    private static @Nullable Long model(JsonNode body) {
        JsonNode model = Fields.of(body, "the request").value("model");
        if (model == null) {
            return null;
        }
        Fields.require(model.isIntegralNumber() && model.canConvertToLong(), "model must be a whole number");
        return model.longValue();
    }

    private static String id(Context request) {
        String id = request.pathParam("id");
        Fields.require(ResourceId.isValid(id), "an ID consists of letters, digits, _ and -, at most 100 of them");
        return id;
    }
}
