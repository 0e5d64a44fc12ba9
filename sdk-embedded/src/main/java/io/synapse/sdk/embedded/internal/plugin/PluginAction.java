package io.synapse.sdk.embedded.internal.plugin;

import org.jspecify.annotations.Nullable;

/**
 * An action of a plugin, as its config.yaml names it.
 *
 * @param name its name, for instance {@code gradio}
 * @param entrypoint what it runs, as a Python path: {@code plugin.gradio_interface.app}; a colon may stand before its
 *     last word
 * @param method how it is to be run; null when config.yaml does not say
 */
public record PluginAction(
        String name, String entrypoint, @Nullable String method) {
    /** The file of the entrypoint, {@code plugin/gradio_interface.py}: by the rule of wire/agent.md, section 6. */
    public String file() {
        String path = entrypoint.replace(':', '.');
        int last = path.lastIndexOf('.');
        String module = last < 0 ? path : path.substring(0, last);
        return module.replace('.', '/') + ".py";
    }
}
