package io.synapse.sdk.container;

import java.util.Objects;

/**
 * What to change about a container. Immutable.
 *
 * @param status what it is to be: {@link ContainerStatus#STOPPED} stops it, {@link ContainerStatus#RUNNING} starts it
 *     again
 */
public record ContainerUpdate(ContainerStatus status) {
    /** Takes a status. */
    public ContainerUpdate {
        Objects.requireNonNull(status, "status");
    }
}
