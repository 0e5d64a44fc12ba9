package io.synapse.sdk.plugin;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A release of a plugin. Fields that the server omits are null or empty. Immutable.
 *
 * @param id its id, as sent by the agent
 * @param plugin the code of the plugin
 * @param version its version
 * @param code {@code code@version}
 * @param name its display name
 * @param category its category: {@code neural_net}, {@code export} …
 * @param config its configuration, from its config.yaml
 * @param additionalProperties fields unknown to this version
 */
public record PluginRelease(
        @Nullable String id,
        @Nullable String plugin,
        @Nullable String version,
        @Nullable String code,
        @Nullable String name,
        @Nullable String category,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable Object> additionalProperties) {
    private static final String ACTIONS = "actions";

    /** Replaces absent maps and lists by empty ones and copies the others. */
    public PluginRelease {
        config = Copies.of(config);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The reference of the release for a container request: {@code code@version}; the plugin's code alone if the
     * version is unknown, and empty if the server sends neither.
     */
    public String reference() {
        if (code != null) {
            return code;
        }
        return plugin == null ? "" : version == null ? plugin : plugin + "@" + version;
    }

    /** Its actions from its configuration, in the order of the server; empty if the server does not send them. */
    public List<Action> actions() {
        Object named = config.containsKey(ACTIONS) ? config.get(ACTIONS) : additionalProperties.get(ACTIONS);
        return named instanceof Map<?, ?> actions
                ? actions.entrySet().stream().map(PluginRelease::action).toList()
                : List.of();
    }

    /** The first of its {@link #actions()}. */
    public Optional<Action> firstAction() {
        return actions().stream().findFirst();
    }

    private static Action action(Map.Entry<?, ?> entry) {
        Object entrypoint = entry.getValue() instanceof Map<?, ?> action ? action.get("entrypoint") : null;
        return new Action(String.valueOf(entry.getKey()), entrypoint == null ? null : entrypoint.toString());
    }

    /**
     * An action of a release.
     *
     * @param name its name
     * @param entrypoint its Python path: {@code plugin.gradio_interface.app}
     */
    public record Action(String name, @Nullable String entrypoint) {
        /** The file of the entrypoint: {@code plugin/gradio_interface.py}; null without an entrypoint. */
        public @Nullable String file() {
            if (entrypoint == null) {
                return null;
            }
            int last = entrypoint.lastIndexOf('.');
            return entrypoint
                            .substring(0, last < 0 ? entrypoint.length() : last)
                            .replace('.', '/') + ".py";
        }
    }
}
