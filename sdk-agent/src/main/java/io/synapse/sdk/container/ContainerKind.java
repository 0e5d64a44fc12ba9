package io.synapse.sdk.container;

import io.synapse.sdk.OpenEnum;

/**
 * The purpose of a container. Open enumeration.
 *
 * @param value the value as sent by the server
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
