package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.ContainerLimits;
import java.time.Duration;

/**
 * How the agent runs containers.
 *
 * @param address the address of this machine on which their ports are opened: the agent's own
 * @param baseImage the image that theirs are made from; it has Python and pip
 * @param limits what each may use
 * @param startTimeout how long a page may take to answer after its container was started
 * @param buildTimeout how long a build may take
 */
public record ContainerSettings(
        String address, String baseImage, ContainerLimits limits, Duration startTimeout, Duration buildTimeout) {}
