package io.synapse.sdk.plugin;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A release of a plugin. What a server leaves out is null. Immutable.
 *
 * @param id its id, as the agent says it
 * @param plugin the code of the plugin
 * @param version its version
 * @param code code@version
 * @param additionalProperties fields that this version does not know
 */
public record PluginRelease(
        @Nullable String id,
        @Nullable String plugin,
        @Nullable String version,
        @Nullable String code,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public PluginRelease {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** The release in a word: {@code code@version}. */
    public String reference() {
        return code != null ? code : plugin + "@" + version;
    }

    /** The first of the actions in its {@code config}, where the server names them. */
    public Optional<Action> firstAction() {
        Object config = additionalProperties.get("config");
        Object named = config instanceof Map<?, ?> map ? map.get("actions") : additionalProperties.get("actions");
        return named instanceof Map<?, ?> actions
                ? actions.entrySet().stream().findFirst().map(PluginRelease::action)
                : Optional.empty();
    }

    private static Action action(Map.Entry<?, ?> entry) {
        Object entrypoint = entry.getValue() instanceof Map<?, ?> action ? action.get("entrypoint") : null;
        return new Action(String.valueOf(entry.getKey()), entrypoint == null ? null : entrypoint.toString());
    }

    /**
     * An action of a release.
     *
     * @param name its name
     * @param entrypoint what it runs, as a Python path: {@code plugin.gradio_interface.app}
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
