package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.component.ComponentCall;
import io.synapse.sdk.experiments.internal.component.ComponentCatalog;
import io.synapse.sdk.experiments.internal.component.ComponentPath;
import io.synapse.sdk.experiments.internal.component.ComponentSync;
import io.synapse.sdk.experiments.internal.component.ComponentVersion;
import io.synapse.sdk.experiments.internal.component.Components;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Components and their versions (wire/experiments.md, section 7).
 *
 * @param sync the folder of components, and the versions of the server
 * @param components the versions of the server
 * @param catalog what the active versions tell of themselves
 */
public record ComponentRoutes(ComponentSync sync, Components components, ComponentCatalog catalog) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        String root = "/api/components";
        routes.get(root + "/versions", request -> list(request, null));
        routes.post(root + "/versions/scan", this::scan);
        routes.post(root + "/versions/upload", this::upload);
        routes.post(root + "/versions/activate", this::activate);
        routes.post(root + "/versions/diff", this::diff);
        routes.get(root + "/versions/hash/{hash}", this::byHash);
        routes.get(root + "/versions/{category}", request -> list(request, request.pathParam("category")));
        routes.get(root + "/versions/{category}/{name}", this::versions);
        routes.get(
                root + "/conflicts",
                request ->
                        Replies.data(request, sync.conflicts(), sync.conflicts().size() + " conflicts"));
        routes.post(root + "/conflicts/resolve", this::resolve);
        routes.post(root + "/manifest/{uid}", this::saveManifest);
        routes.get(
                root + "/manifest/{uid}",
                request -> Replies.data(request, components.manifest(request.pathParam("uid")), "Manifest found"));
        routes.get(root + "/component/{category}/{name}", this::details);
        routes.post(root + "/bundle/info", this::bundle);
        routes.post(root + "/validate-config", this::validate);
    }

    private void list(Context request, @Nullable String category) {
        List<?> found = components.list(category == null ? null : ComponentPath.category(category));
        Replies.data(
                request,
                found,
                category == null
                        ? "Found " + found.size() + " versioned components"
                        : "Found " + found.size() + " components in " + category);
    }

    private void versions(Context request) {
        boolean hasContent = "true".equals(request.queryParam("include_content"));
        versions(
                request,
                components.versions(
                        ComponentPath.parse(request.pathParam("category") + "/" + request.pathParam("name"))),
                hasContent);
    }

    private void byHash(Context request) {
        versions(request, components.versions(request.pathParam("hash")), true);
    }

    private static void versions(Context request, List<ComponentVersion> versions, boolean hasContent) {
        Replies.data(
                request,
                versions.stream().map(version -> version.fields(hasContent)).toList(),
                "Found " + versions.size() + " versions");
    }

    private void scan(Context request) {
        ComponentSync.Scan scan = sync.scan();
        Replies.data(
                request,
                Map.of("registered", scan.registered(), "conflicts", scan.conflicts(), "ignored", scan.ignored()),
                "Registered " + scan.registered() + " components from local filesystem");
    }

    private void upload(Context request) {
        ObjectNode body = Replies.body(request);
        Components.Upload upload = components.upload(
                ComponentPath.parse(Fields.text(body, "path")),
                Fields.text(body, "content"),
                Fields.truth(body, "activate", true));
        Map<String, @Nullable Object> fields = upload.version().fields(false);
        fields.remove("created_at");
        fields.remove("content");
        fields.put("is_new", upload.isNew());
        Replies.data(request, fields, upload.isNew() ? "New version uploaded" : "Version already exists");
    }

    private void activate(Context request) {
        ObjectNode body = Replies.body(request);
        ComponentPath path =
                Fields.optionalText(body, "path").map(ComponentPath::parse).orElse(null);
        ComponentVersion version = components.activate(path, Fields.text(body, "hash"));
        Replies.data(request, version.fields(false), "Version activated");
    }

    private void diff(Context request) {
        ObjectNode body = Replies.body(request);
        Replies.data(
                request,
                components.diff(Fields.text(body, "from_hash"), Fields.text(body, "to_hash")),
                "Diff generated");
    }

    private void resolve(Context request) {
        ObjectNode body = Replies.body(request);
        ComponentPath path = ComponentPath.parse(Fields.text(body, "path"));
        Replies.data(request, sync.resolve(path, Fields.text(body, "resolution"), null), "Conflict resolved");
    }

    private void saveManifest(Context request) {
        String uid = request.pathParam("uid");
        ObjectNode body = Replies.body(request);
        Map<String, String> hashes = new LinkedHashMap<>();
        body.fieldNames().forEachRemaining(path -> hashes.put(path, Fields.text(body, path)));
        int count = components.saveManifest(uid, hashes);
        Replies.data(request, Map.of("experiment_uid", uid, "component_count", count), "Manifest saved");
    }

    private void details(Context request) {
        ComponentPath path = ComponentPath.parse(request.pathParam("category") + "/" + request.pathParam("name"));
        Optional<Map<String, @Nullable Object>> details = catalog.details(path);
        if (details.isPresent()) {
            Replies.data(request, details.get(), "Component details for '" + path.name() + "'");
        } else {
            unknown(request, 404, path.name());
        }
    }

    private void bundle(Context request) {
        ObjectNode body = Replies.body(request);
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("agent", Fields.texts(body, "agent"));
        if (body.path("components") instanceof ObjectNode given) {
            given.fieldNames().forEachRemaining(category -> parts.put(category, Fields.texts(given, category)));
        }
        int count = parts.values().stream().mapToInt(List::size).sum();
        Replies.data(request, catalog.bundle(parts), "Bundle contains " + count + " files");
    }

    private void validate(Context request) {
        ObjectNode body = Replies.body(request);
        String type = Fields.text(body, "type");
        JsonNode given = body.path("params");
        if (!given.isMissingNode() && !given.isObject()) {
            throw Failure.invalid("dict_type", List.of("body", "params"), "Input should be a valid dictionary");
        }
        ComponentPath path = ComponentPath.parse(type.replaceFirst("\\.", "/"));
        Set<String> names = new LinkedHashSet<>();
        given.fieldNames().forEachRemaining(names::add);
        catalog.source(path)
                .ifPresentOrElse(
                        source -> {
                            List<String> missing = new ComponentCall(path.name(), 0, names).missing(source);
                            Replies.data(
                                    request,
                                    Map.of("valid", missing.isEmpty(), "type", type, "missing", missing),
                                    missing.isEmpty() ? "Configuration is valid" : "Parameters are missing");
                        },
                        () -> unknown(request, 400, path.name()));
    }

    /** As the original says it: an error with status 200, which clients know by its form. */
    private static void unknown(Context request, int status, String name) {
        Replies.json(
                request,
                200,
                Map.of(
                        "type",
                        "about:blank",
                        "title",
                        "Unknown component",
                        "status",
                        status,
                        "detail",
                        Map.of("component", name)));
    }
}
