package io.synapse.sdk.plugin;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous plugin operations (wire/agent.md, section 4). */
final class PluginEndpoints {
    private static final String RELEASES = "plugin_releases/";
    private static final int PAGE_SIZE = 100;

    private PluginEndpoints() {}

    static Endpoint<Page<PluginRelease>> page() {
        return Endpoint.get(RELEASES, ResponseType.pageOf(PluginRelease.class));
    }

    static Endpoint<Page<PluginRelease>> all() {
        return page().query("page_size", PAGE_SIZE);
    }

    static Operation<List<PluginRelease>> allCollected() {
        return PagedList.collect(all());
    }

    static Operation<PluginRelease> get(String lookup) {
        return Operation.deferred(() -> Endpoint.get(path(lookup), PluginRelease.class));
    }

    static Operation<PluginRelease> create(String plugin, String version) {
        return Operation.deferred(() -> Endpoint.post(RELEASES, PluginRelease.class)
                .json(Map.of("plugin", notBlank("plugin", plugin), "version", notBlank("version", version))));
    }

    static Operation<@Nullable Void> delete(String lookup) {
        return Operation.deferred(() -> Endpoint.delete(path(lookup)));
    }

    static Operation<PluginRun> run(String lookup, PluginRunRequest request) {
        return Operation.deferred(() -> withTimeout(
                Endpoint.post(path(lookup) + "/run/", PluginRun.class).json(request.body()), request.timeout()));
    }

    static Operation<PluginRun> runDebug(PluginDebugRequest request) {
        return withTimeout(
                Endpoint.post(RELEASES + "run_debug/", PluginRun.class).json(request.body()),
                request.run().timeout());
    }

    /** The agent sends nothing until the action has ended. */
    private static Endpoint<PluginRun> withTimeout(Endpoint<PluginRun> run, Duration timeout) {
        return run.callTimeout(timeout).readTimeout(timeout);
    }

    private static String notBlank(String what, String text) {
        if (text.isBlank()) {
            throw BadRequestException.refused("the " + what + " of a release cannot be blank");
        }
        return text;
    }

    private static String path(String lookup) {
        return Endpoint.path("plugin_releases/{}", Ids.checkSegment("plugin release", lookup));
    }
}
