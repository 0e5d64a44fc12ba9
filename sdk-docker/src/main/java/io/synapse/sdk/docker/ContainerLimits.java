package io.synapse.sdk.docker;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a container may use. Beside these, no container gains privileges, and all of Linux's
 * capabilities are dropped. Immutable: each method gives a changed copy.
 *
 * @param memoryBytes memory in bytes, at least 6 MiB (Docker's own least); 2 GiB by default. It has no swap beside it
 * @param cpus CPUs, in fractions too; 0, the default, for all of the machine
 * @param pids processes and threads; 512 by default
 * @param network the name of a Docker network; null, the default, for Docker's own bridge. Not {@code host} or
 *     {@code none}: the page is reached through a mapped port, which these do not have
 */
public record ContainerLimits(
        long memoryBytes, double cpus, long pids, @Nullable String network) {
    /** The defaults. */
    public static final ContainerLimits DEFAULT = new ContainerLimits(2L << 30, 0, 512, null);

    private static final long LEAST_MEMORY = 6L << 20;
    private static final Set<String> WITHOUT_PORTS = Set.of("host", "none");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException saying which is out of range
     */
    public ContainerLimits {
        require(
                memoryBytes >= LEAST_MEMORY,
                "a container's memory must be at least 6 MiB, not " + memoryBytes + " bytes");
        require(cpus >= 0 && Double.isFinite(cpus), "a container's CPUs cannot be " + cpus);
        require(pids > 0, "a container needs at least one process, not " + pids);
        require(network == null || !network.isBlank(), "the name of a network cannot be blank");
        require(
                network == null || !WITHOUT_PORTS.contains(network) && !network.startsWith("container:"),
                "a container's page cannot be reached in the network " + network);
    }

    /** The same with so much memory, in bytes. */
    public ContainerLimits memoryBytes(long bytes) {
        return new ContainerLimits(bytes, cpus, pids, network);
    }

    /** The same with so many CPUs; 0 for all. */
    public ContainerLimits cpus(double number) {
        return new ContainerLimits(memoryBytes, number, pids, network);
    }

    /** The same with so many processes and threads. */
    public ContainerLimits pids(long number) {
        return new ContainerLimits(memoryBytes, cpus, number, network);
    }

    /** The same in this Docker network. */
    public ContainerLimits network(String name) {
        return new ContainerLimits(memoryBytes, cpus, pids, name);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
