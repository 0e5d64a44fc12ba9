package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code plugin_releases/…}: the releases whose files the agent has. */
final class PluginRoutes {
    private final PluginReleases releases;
    private final Containers containers;

    PluginRoutes(PluginReleases releases, Containers containers) {
        this.releases = releases;
        this.containers = containers;
    }

    void register(RoutesConfig routes) {
        routes.get("/plugin_releases", this::list);
        routes.post("/plugin_releases", this::create);
        routes.get("/plugin_releases/{lookup}", this::get);
        routes.delete("/plugin_releases/{lookup}", this::delete);
    }

    private void list(Context request) throws IOException {
        Answers.json(
                request,
                200,
                Paging.page(
                        request,
                        releases.list().stream().map(PluginRoutes::document).toList()));
    }

    /** There is nothing to create: a release is known as soon as its files are here. */
    private void create(Context request) throws IOException {
        Fields named = Fields.of(Answers.body(request), "the request");
        String lookup = named.required("plugin") + "@" + named.required("version");
        Answers.json(request, HttpStatus.CREATED.getCode(), document(releases.get(lookup)));
    }

    private void get(Context request) throws IOException {
        Answers.json(request, 200, document(releases.get(request.pathParam("lookup"))));
    }

    private void delete(Context request) throws IOException {
        String reference = releases.get(request.pathParam("lookup")).reference();
        containers.requireNoneOf(reference);
        releases.delete(reference);
        containers.forgetImagesOf(reference);
        request.status(HttpStatus.NO_CONTENT);
    }

    private static Map<String, @Nullable Object> document(PluginRelease release) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", release.reference());
        document.put("code", release.reference());
        document.put("plugin", release.plugin());
        document.put("version", release.version());
        document.put("name", release.config().get("name"));
        document.put("category", release.config().get("category"));
        document.put("config", release.config());
        return document;
    }
}
