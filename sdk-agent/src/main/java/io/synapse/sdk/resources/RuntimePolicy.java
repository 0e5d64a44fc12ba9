package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent allows to run. Immutable.
 *
 * @param maxConcurrentJobs how many jobs may run at once; 0 for no limit; 3 by default
 * @param maxConcurrentServeReplicas how many Serve replicas may run at once; 16 by default
 * @param gatekeepingEnabled whether the limits below are enforced
 * @param cpuMaxUtilizationPercent CPU use above which nothing more starts; 90 by default
 * @param memoryMaxUtilizationPercent memory use above which nothing more starts; 90 by default
 * @param gpuMaxUtilizationPercent GPU use above which nothing more starts; 90 by default
 * @param gpuMaxMemoryPercent GPU memory use above which nothing more starts; 90 by default
 * @param maxConcurrentRayJobs how many Ray jobs may run at once; 0 for no limit
 * @param resourceCacheTtlSeconds how old a report of the resources may be, in seconds; 5 by default
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public RuntimePolicy {
        additionalProperties = Copies.of(additionalProperties);
    }
}
