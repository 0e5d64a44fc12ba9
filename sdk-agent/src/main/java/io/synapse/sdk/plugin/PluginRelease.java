package io.synapse.sdk.plugin;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A release of a plugin. What a server leaves out is null or empty. Immutable.
 *
 * @param id its id, as the agent says it
 * @param plugin the code of the plugin
 * @param version its version
 * @param code {@code code@version}
 * @param name its name for people
 * @param category what it is for, in a word: {@code neural_net}, {@code export} …
 * @param config its configuration, as of its config.yaml
 * @param additionalProperties fields that this version does not know
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

    /** Takes it as the server gave it. */
    public PluginRelease {
        config = Copies.of(config);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The release in a word, as a container request takes it: {@code code@version}; the plugin's code alone where no
     * version is known, and empty where the server says neither.
     */
    public String reference() {
        if (code != null) {
            return code;
        }
        return plugin == null ? "" : version == null ? plugin : plugin + "@" + version;
    }

    /** Its actions in the server's order: those in its configuration; empty where the server does not name them. */
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
