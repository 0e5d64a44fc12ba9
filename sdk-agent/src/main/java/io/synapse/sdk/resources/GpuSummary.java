package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of a cluster. Immutable.
 *
 * @param totalGpus the number of GPUs
 * @param availableGpus the number of free GPUs
 * @param totalMemoryBytes total memory, in bytes
 * @param availableMemoryBytes free memory, in bytes
 * @param maxUtilization the highest utilization of a GPU, in percent
 * @param avgUtilization the average utilization, in percent
 * @param additionalProperties fields unknown to this version
 */
public record GpuSummary(
        @Nullable Integer totalGpus,
        @Nullable Integer availableGpus,
        @Nullable Long totalMemoryBytes,
        @Nullable Long availableMemoryBytes,
        @Nullable Double maxUtilization,
        @Nullable Double avgUtilization,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public GpuSummary {
        additionalProperties = Copies.of(additionalProperties);
    }
}
