package io.synapse.sdk.resources;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to run, for asking whether it could. Immutable: each method gives a changed copy.
 *
 * @param kind what kind of thing it is
 * @param numCpus how many CPUs it needs; not negative, finite
 * @param numGpus how many GPUs it needs; not negative, finite
 * @param memoryBytes how much memory it needs; null for none in particular; not negative
 * @param replicas how many of it; at least 1
 * @param metadata words of your own
 */
public record FeasibilityRequest(
        WorkloadKind kind,
        double numCpus,
        double numGpus,
        @Nullable Long memoryBytes,
        int replicas,
        Map<String, @Nullable Object> metadata) {
    /**
     * Checks the ranges.
     *
     * @throws BadRequestException when something is out of its range
     */
    public FeasibilityRequest {
        if (!isAmount(numCpus) || !isAmount(numGpus) || memoryBytes != null && memoryBytes < 0 || replicas < 1) {
            throw BadRequestException.refused(
                    "CPUs, GPUs and memory cannot be negative or infinite, replicas are at least 1");
        }
        metadata = Copies.of(metadata);
    }

    /** One of a kind that needs so many CPUs and no GPU. */
    public static FeasibilityRequest of(WorkloadKind kind, double numCpus) {
        return new FeasibilityRequest(kind, numCpus, 0, null, 1, Map.of());
    }

    /** The same with so many GPUs. */
    public FeasibilityRequest numGpus(double gpus) {
        return new FeasibilityRequest(kind, numCpus, gpus, memoryBytes, replicas, metadata);
    }

    /** The same with so many bytes of memory. */
    public FeasibilityRequest memoryBytes(long bytes) {
        return new FeasibilityRequest(kind, numCpus, numGpus, bytes, replicas, metadata);
    }

    /** The same, so many times. */
    public FeasibilityRequest replicas(int number) {
        return new FeasibilityRequest(kind, numCpus, numGpus, memoryBytes, number, metadata);
    }

    /** The same with these words of your own. */
    public FeasibilityRequest metadata(Map<String, @Nullable Object> words) {
        return new FeasibilityRequest(kind, numCpus, numGpus, memoryBytes, replicas, words);
    }

    private static boolean isAmount(double number) {
        return number >= 0 && Double.isFinite(number);
    }
}
