package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that an agent enforces. Immutable.
 *
 * @param maxConcurrentJobs the largest number of concurrent jobs; 0 for no limit; 3 by default
 * @param maxConcurrentServeReplicas the largest number of Serve replicas; 16 by default
 * @param gatekeepingEnabled whether the limits below are enforced
 * @param cpuMaxUtilizationPercent CPU use above which no workload starts; 90 by default
 * @param memoryMaxUtilizationPercent memory use above which no workload starts; 90 by default
 * @param gpuMaxUtilizationPercent GPU use above which no workload starts; 90 by default
 * @param gpuMaxMemoryPercent GPU memory use above which no workload starts; 90 by default
 * @param maxConcurrentRayJobs the largest number of concurrent Ray jobs; 0 for no limit
 * @param resourceCacheTtlSeconds the maximum age of cached resource data, in seconds; 5 by default
 * @param additionalProperties fields unknown to this version
 */
public record RuntimePolicy(
        @Nullable Integer maxConcurrentJobs,
        @Nullable Integer maxConcurrentServeReplicas,
        @Nullable Boolean gatekeepingEnabled,
        @Nullable Double cpuMaxUtilizationPercent,
        @Nullable Double memoryMaxUtilizationPercent,
        @Nullable Double gpuMaxUtilizationPercent,
        @Nullable Double gpuMaxMemoryPercent,
        @Nullable Integer maxConcurrentRayJobs,
        @Nullable Double resourceCacheTtlSeconds,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public RuntimePolicy {
        additionalProperties = Copies.of(additionalProperties);
    }
}
