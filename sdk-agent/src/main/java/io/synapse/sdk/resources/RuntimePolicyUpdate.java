package io.synapse.sdk.resources;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of some fields of a {@link RuntimePolicy}; the others stay as they are. Immutable: each method returns a copy
 * with one more change.
 */
public final class RuntimePolicyUpdate extends ValueObject {
    private static final int ALL = 100;

    private RuntimePolicyUpdate(Attributes attributes) {
        super(attributes);
    }

    /** No changes yet. */
    public static RuntimePolicyUpdate none() {
        return new RuntimePolicyUpdate(Attributes.NONE);
    }

    /** The new values, by the server's field names. */
    public Map<String, @Nullable Object> changes() {
        return attributes.asMap();
    }

    /** So many jobs may run at once; 0 for no limit. */
    public RuntimePolicyUpdate maxConcurrentJobs(int jobs) {
        return count("max_concurrent_jobs", jobs);
    }

    /** So many Serve replicas may run at once. */
    public RuntimePolicyUpdate maxConcurrentServeReplicas(int replicas) {
        return count("max_concurrent_serve_replicas", replicas);
    }

    /** The limits of use are enforced, or not. */
    public RuntimePolicyUpdate gatekeepingEnabled(boolean enabled) {
        return field("gatekeeping_enabled", enabled);
    }

    /** Nothing more starts above this CPU use; from 0 to 100. */
    public RuntimePolicyUpdate cpuMaxUtilizationPercent(double percent) {
        return percent("cpu_max_utilization_percent", percent);
    }

    /** Nothing more starts above this memory use; from 0 to 100. */
    public RuntimePolicyUpdate memoryMaxUtilizationPercent(double percent) {
        return percent("memory_max_utilization_percent", percent);
    }

    /** Nothing more starts above this GPU use; from 0 to 100. */
    public RuntimePolicyUpdate gpuMaxUtilizationPercent(double percent) {
        return percent("gpu_max_utilization_percent", percent);
    }

    /** Nothing more starts above this GPU memory use; from 0 to 100. */
    public RuntimePolicyUpdate gpuMaxMemoryPercent(double percent) {
        return percent("gpu_max_memory_percent", percent);
    }

    /** So many Ray jobs may run at once; 0 for no limit. */
    public RuntimePolicyUpdate maxConcurrentRayJobs(int jobs) {
        return count("max_concurrent_ray_jobs", jobs);
    }

    /** A report of the resources may be so many seconds old. */
    public RuntimePolicyUpdate resourceCacheTtlSeconds(double seconds) {
        if (!(seconds >= 0 && Double.isFinite(seconds))) {
            throw BadRequestException.refused("resource_cache_ttl_seconds cannot be negative: " + seconds);
        }
        return field("resource_cache_ttl_seconds", seconds);
    }

    /** A field that this version does not know. */
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
