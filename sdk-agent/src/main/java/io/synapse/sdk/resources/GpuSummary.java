package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of a cluster together. Immutable.
 *
 * @param totalGpus how many there are
 * @param availableGpus how many are free
 * @param totalMemoryBytes memory they have
 * @param availableMemoryBytes memory that is free
 * @param maxUtilization how busy the busiest is, in percent
 * @param avgUtilization how busy they are on average, in percent
 * @param additionalProperties fields that this version does not know
 */
public record GpuSummary(
        @Nullable Integer totalGpus,
        @Nullable Integer availableGpus,
        @Nullable Long totalMemoryBytes,
        @Nullable Long availableMemoryBytes,
        @Nullable Double maxUtilization,
        @Nullable Double avgUtilization,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public GpuSummary {
        additionalProperties = Copies.of(additionalProperties);
    }
}
