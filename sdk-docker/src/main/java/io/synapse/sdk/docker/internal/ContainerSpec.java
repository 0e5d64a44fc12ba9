package io.synapse.sdk.docker.internal;

import io.synapse.sdk.docker.ContainerLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container is made of. It gains no privileges and has none of Linux's capabilities but those of its files.
 *
 * @param image the Docker id of its image, or its name
 * @param command what it runs
 * @param environment its variables, each as {@code NAME=value}
 * @param labels its labels
 * @param limits what it may use
 * @param port its only published port; null for none
 * @param files where it may write; null for everywhere
 */
public record ContainerSpec(
        String image,
        List<String> command,
        List<String> environment,
        Map<String, String> labels,
        ContainerLimits limits,
        @Nullable PublishedPort port,
        @Nullable WritableFiles files) {
    /**
     * A TCP port of this machine that leads into a container.
     *
     * @param address the address of this machine on which it is opened
     * @param host the port of this machine
     * @param container the port in the container
     */
    public record PublishedPort(String address, int host, int container) {}

    /**
     * The only places where a container may write. Its root is given away files there: it has the capabilities for that,
     * and an init process that takes in what others leave.
     *
     * @param network the Docker network, {@code none} for none
     * @param volume a folder on the disk, which is removed with the container
     * @param temporary a folder in memory
     * @param temporaryBytes the size of that
     */
    public record WritableFiles(String network, String volume, String temporary, long temporaryBytes) {}

    /** The same with other labels. */
    public ContainerSpec labels(Map<String, String> others) {
        return new ContainerSpec(image, command, environment, others, limits, port, files);
    }
}
