package io.synapse.sdk.container;

import io.synapse.sdk.OpenEnum;

/**
 * Where a playground container stands. An open set: agents of other versions have other words, mostly Docker's.
 *
 * @param value the word as the server says it, for instance {@code running}
 */
public record ContainerStatus(String value) implements OpenEnum {
    /** Its image is being built. */
    public static final ContainerStatus BUILDING = new ContainerStatus("building");

    /** It runs. */
    public static final ContainerStatus RUNNING = new ContainerStatus("running");

    /** It was stopped on request. */
    public static final ContainerStatus STOPPED = new ContainerStatus("stopped");

    /** It ended by itself. */
    public static final ContainerStatus EXITED = new ContainerStatus("exited");

    /** Its image could not be built, or it could not be started. */
    public static final ContainerStatus FAILED = new ContainerStatus("failed");

    /** It was removed, not by the agent; the next create builds it anew. */
    public static final ContainerStatus REMOVED = new ContainerStatus("removed");

    @Override
    public String toString() {
        return value;
    }
}
