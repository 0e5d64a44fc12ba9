package io.synapse.sdk.plugin;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action to run from source: from a folder of the agent's host, or from modules in the request. Immutable: each
 * setter returns a modified copy, and throws a {@link BadRequestException} when a value is out of its range.
 */
public final class PluginDebugRequest extends ValueObject {
    private static final Key<PluginRunRequest> RUN = Key.of("run");
    private static final Key<@Nullable String> PLUGIN_PATH = Key.of("plugin_path");
    private static final Key<@Nullable Map<String, @Nullable Object>> CONFIG = Key.of("config");
    private static final Key<Map<String, String>> MODULES = new Key<>("modules", Map.of());

    private PluginDebugRequest(Attributes attributes) {
        super(attributes);
        if (pluginPath() != null && pluginPath().isBlank()) {
            throw BadRequestException.refused("the folder of a plugin cannot be blank");
        }
        if (modules().keySet().stream().anyMatch(name -> name == null || name.isBlank())) {
            throw BadRequestException.refused("the name of a module cannot be blank");
        }
    }

    /** An action; its folder or modules are set by other methods. */
    public static PluginDebugRequest of(PluginRunRequest run) {
        return new PluginDebugRequest(Attributes.NONE.with(RUN, run));
    }

    /** The action and its options. */
    public PluginRunRequest run() {
        return attributes.get(RUN);
    }

    /** The folder of the plugin on the agent's host; null to send none. */
    public @Nullable String pluginPath() {
        return attributes.get(PLUGIN_PATH);
    }

    /** Sets the folder of the plugin on the agent's host; not blank. */
    public PluginDebugRequest pluginPath(String folder) {
        return new PluginDebugRequest(attributes.with(PLUGIN_PATH, folder));
    }

    /** The plugin's configuration, as in its config.yaml; null to send none. */
    public @Nullable Map<String, @Nullable Object> config() {
        return attributes.get(CONFIG);
    }

    /** Sets the plugin's configuration. */
    public PluginDebugRequest config(Map<String, @Nullable Object> config) {
        return new PluginDebugRequest(attributes.with(CONFIG, config));
    }

    /** The source of each Python module, by the module's name; empty by default. */
    public Map<String, String> modules() {
        return attributes.get(MODULES);
    }

    /** Sets all modules; no name may be blank. */
    public PluginDebugRequest modules(Map<String, String> sources) {
        return new PluginDebugRequest(attributes.with(MODULES, sources));
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(run().body());
        body.putAll(attributes.without(RUN).asMap());
        return body;
    }
}
