package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.plugin.PluginActions;
import java.io.IOException;
import java.util.Map;

/** {@code plugin_releases/{lookup}/run} and {@code plugin_releases/run_debug}: actions that become jobs. */
final class PluginRunRoutes {
    private final PluginActions actions;

    PluginRunRoutes(PluginActions actions) {
        this.actions = actions;
    }

    void register(RoutesConfig routes) {
        routes.post("/plugin_releases/{lookup}/run", this::run);
        routes.post("/plugin_releases/run_debug", this::runDebug);
    }

    private void run(Context request) throws IOException {
        answer(request, actions.run(request.pathParam("lookup"), Answers.body(request)));
    }

    private void runDebug(Context request) throws IOException {
        answer(request, actions.runFromSource(Answers.body(request)));
    }

    private static void answer(Context request, String job) {
        Answers.json(request, 201, Map.of("job_id", job));
    }
}
