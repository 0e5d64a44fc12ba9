package io.synapse.sdk.plugin;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action to run from its source: from a folder of the agent's host, or from modules sent along. Immutable: each
 * method gives a changed copy.
 *
 * @param run which action, and how
 * @param pluginPath the folder of the plugin on the agent's host; null to send none
 * @param config the plugin's configuration, as of its config.yaml; null to send none
 * @param modules Python modules by name, each with its source; no name may be blank
 */
public record PluginDebugRequest(
        PluginRunRequest run,
        @Nullable String pluginPath,
        @Nullable Map<String, @Nullable Object> config,
        Map<String, String> modules) {
    /**
     * Keeps copies.
     *
     * @throws BadRequestException when the path or the name of a module is blank
     */
    public PluginDebugRequest {
        if (pluginPath != null && pluginPath.isBlank()) {
            throw BadRequestException.refused("the folder of a plugin cannot be blank");
        }
        if (modules != null && modules.keySet().stream().anyMatch(name -> name == null || name.isBlank())) {
            throw BadRequestException.refused("the name of a module cannot be blank");
        }
        config = config == null ? null : Copies.of(config);
        modules = Copies.of(modules);
    }

    /** An action from a folder or modules yet to be named. */
    public static PluginDebugRequest of(PluginRunRequest run) {
        return new PluginDebugRequest(run, null, null, Map.of());
    }

    /** The same from this folder of the agent's host. */
    public PluginDebugRequest pluginPath(String folder) {
        return new PluginDebugRequest(run, folder, config, modules);
    }

    /** The same with this configuration. */
    public PluginDebugRequest config(Map<String, @Nullable Object> configuration) {
        return new PluginDebugRequest(run, pluginPath, configuration, modules);
    }

    /** The same with these modules. */
    public PluginDebugRequest modules(Map<String, String> sources) {
        return new PluginDebugRequest(run, pluginPath, config, sources);
    }

    /** What is sent: only what was given. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>(run.body());
        if (pluginPath != null) {
            body.put("plugin_path", pluginPath);
        }
        if (config != null) {
            body.put("config", config);
        }
        if (!modules.isEmpty()) {
            body.put("modules", modules);
        }
        return body;
    }
}
