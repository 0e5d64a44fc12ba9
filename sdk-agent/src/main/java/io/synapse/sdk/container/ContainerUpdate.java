package io.synapse.sdk.container;

/**
 * What to change in the record of a container. Immutable.
 *
 * @param status its new status
 */
public record ContainerUpdate(String status) {}
