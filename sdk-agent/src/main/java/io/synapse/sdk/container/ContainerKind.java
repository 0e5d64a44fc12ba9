package io.synapse.sdk.container;

import io.synapse.sdk.OpenEnum;

/**
 * What a container is for. An open set.
 *
 * @param value the word as the server says it
 */
public record ContainerKind(String value) implements OpenEnum {
    /** It runs a plugin. */
    public static final ContainerKind PLUGIN_RUNTIME = new ContainerKind("plugin_runtime");

    /** It runs an editor. */
    public static final ContainerKind CODE_SERVER = new ContainerKind("code_server");

    @Override
    public String toString() {
        return value;
    }
}
