package io.synapse.sdk.resources;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of some fields of a {@link RuntimePolicy}. Immutable: each setter returns a copy with one more change. */
public final class RuntimePolicyUpdate extends ValueObject {
    private static final int ALL = 100;

    private RuntimePolicyUpdate(Attributes attributes) {
        super(attributes);
    }

    /** No changes. */
    public static RuntimePolicyUpdate none() {
        return new RuntimePolicyUpdate(Attributes.NONE);
    }

    /** The new values, by the server's field names. */
    public Map<String, @Nullable Object> changes() {
        return attributes.asMap();
    }

    /** Sets the largest number of concurrent jobs; 0 for no limit. */
    public RuntimePolicyUpdate maxConcurrentJobs(int jobs) {
        return count("max_concurrent_jobs", jobs);
    }

    /** Sets the largest number of Serve replicas. */
    public RuntimePolicyUpdate maxConcurrentServeReplicas(int replicas) {
        return count("max_concurrent_serve_replicas", replicas);
    }

    /** Sets whether the limits of utilization are enforced. */
    public RuntimePolicyUpdate gatekeepingEnabled(boolean enabled) {
        return field("gatekeeping_enabled", enabled);
    }

    /** Sets the CPU use above which no workload starts; from 0 to 100. */
    public RuntimePolicyUpdate cpuMaxUtilizationPercent(double percent) {
        return percent("cpu_max_utilization_percent", percent);
    }

    /** Sets the memory use above which no workload starts; from 0 to 100. */
    public RuntimePolicyUpdate memoryMaxUtilizationPercent(double percent) {
        return percent("memory_max_utilization_percent", percent);
    }

    /** Sets the GPU use above which no workload starts; from 0 to 100. */
    public RuntimePolicyUpdate gpuMaxUtilizationPercent(double percent) {
        return percent("gpu_max_utilization_percent", percent);
    }

    /** Sets the GPU memory use above which no workload starts; from 0 to 100. */
    public RuntimePolicyUpdate gpuMaxMemoryPercent(double percent) {
        return percent("gpu_max_memory_percent", percent);
    }

    /** Sets the largest number of concurrent Ray jobs; 0 for no limit. */
    public RuntimePolicyUpdate maxConcurrentRayJobs(int jobs) {
        return count("max_concurrent_ray_jobs", jobs);
    }

    /** Sets the maximum age of cached resource data, in seconds; not negative. */
    public RuntimePolicyUpdate resourceCacheTtlSeconds(double seconds) {
        if (!(seconds >= 0 && Double.isFinite(seconds))) {
            throw BadRequestException.refused("resource_cache_ttl_seconds cannot be negative: " + seconds);
        }
        return field("resource_cache_ttl_seconds", seconds);
    }

    /** Sets any field, by the server's field name. */
    public RuntimePolicyUpdate field(String name, Object value) {
        return new RuntimePolicyUpdate(attributes.withField(name, value));
    }

    private RuntimePolicyUpdate count(String field, int value) {
        if (value < 0) {
            throw BadRequestException.refused(field + " cannot be negative: " + value);
        }
        return field(field, value);
    }

    private RuntimePolicyUpdate percent(String field, double value) {
        if (!(value >= 0 && value <= ALL)) {
            throw BadRequestException.refused(field + " must be from 0 to 100, not " + value);
        }
        return field(field, value);
    }
}
