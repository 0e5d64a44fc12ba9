package io.synapse.sdk.docker.internal;

import io.synapse.sdk.docker.ContainerLimits;
import java.util.List;
import java.util.Map;

/**
 * What a container is made of. It gains no privileges and has none of Linux's capabilities.
 *
 * @param image the Docker id of its image
 * @param command what it runs
 * @param environment its variables, each as {@code NAME=value}
 * @param labels its labels
 * @param limits what it may use
 * @param port its only published port
 */
public record ContainerSpec(
        String image,
        List<String> command,
        List<String> environment,
        Map<String, String> labels,
        ContainerLimits limits,
        PublishedPort port) {
    /**
     * A TCP port of this machine that leads into a container.
     *
     * @param address the address of this machine on which it is opened
     * @param host the port of this machine
     * @param container the port in the container
     */
    public record PublishedPort(String address, int host, int container) {}
}
