package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.config.ConfigFiles;
import io.synapse.sdk.experiments.internal.config.DryRun;
import java.util.Map;

/**
 * Stored configs, and the dry run.
 *
 * @param files the stored ones
 * @param dryRun checks one
 */
public record ConfigRoutes(ConfigFiles files, DryRun dryRun) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get(
                "/api/configs",
                request -> Replies.data(request, files.list(), "Configuration files listed successfully"));
        routes.get("/api/configs/<path>", this::read);
        routes.post("/api/configs/create", this::create);
        routes.post("/api/configs/save", this::save);
        routes.post("/api/configs/validate", this::validate);
    }

    private void read(Context request) {
        String path = request.pathParam("path");
        Replies.data(
                request,
                Map.of("path", path, "content", files.read(path)),
                "Configuration content retrieved successfully");
    }

    private void create(Context request) {
        ObjectNode body = Replies.body(request);
        String path = files.create(Fields.text(body, "name"), Fields.text(body, "content"));
        Replies.data(request, Map.of("path", path, "created", true), "Configuration file created: " + path);
    }

    private void save(Context request) {
        ObjectNode body = Replies.body(request);
        String path = Fields.text(body, "path");
        files.save(path, Fields.text(body, "content"));
        Replies.data(request, Map.of("path", path, "saved", true), "Configuration saved successfully: " + path);
    }

    private void validate(Context request) {
        ObjectNode body = Replies.body(request);
        if (body.hasNonNull("validate_on")) {
            throw Failure.plain(400, "No worker of this server checks configs; leave validate_on out.");
        }
        String config = Fields.optionalText(body, "content").orElseGet(() -> Fields.text(body, "config"));
        Map<String, Object> result = dryRun.check(config, body);
        boolean isValid = Boolean.TRUE.equals(result.get("valid"));
        Replies.data(request, result, isValid ? "Configuration is valid" : "Configuration is not valid");
    }
}
