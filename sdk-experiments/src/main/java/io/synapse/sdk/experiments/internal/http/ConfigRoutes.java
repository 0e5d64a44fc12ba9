package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.config.ConfigFiles;
import java.util.Map;

/**
 * Stored configs.
 *
 * @param files the stored ones
 */
public record ConfigRoutes(ConfigFiles files) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get(
                "/api/configs",
                request -> Replies.data(request, files.list(), "Configuration files listed successfully"));
        routes.get("/api/configs/<path>", this::read);
        routes.post("/api/configs/create", this::create);
        routes.post("/api/configs/save", this::save);
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
}
