package io.synapse.sdk.container;

import io.synapse.sdk.OpenEnum;

/**
 * The status of a playground container. Open enumeration: other versions of agents send other values, mostly Docker's.
 *
 * @param value the value as sent by the server, for instance {@code running}
 */
public record ContainerStatus(String value) implements OpenEnum {
    /** Its image is being built. */
    public static final ContainerStatus BUILDING = new ContainerStatus("building");

    /** It runs. */
    public static final ContainerStatus RUNNING = new ContainerStatus("running");

    /** It was stopped on request. */
    public static final ContainerStatus STOPPED = new ContainerStatus("stopped");

    /** It ended without a request. */
    public static final ContainerStatus EXITED = new ContainerStatus("exited");

    /** Its image could not be built, or it could not be started. */
    public static final ContainerStatus FAILED = new ContainerStatus("failed");

    /** It was removed, but not by the agent; creating it again builds it again. */
    public static final ContainerStatus REMOVED = new ContainerStatus("removed");

    @Override
    public String toString() {
        return value;
    }
}
