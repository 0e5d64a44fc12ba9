package io.synapse.sdk.embedded.internal.backend;

import static io.synapse.sdk.embedded.internal.backend.Fields.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the agent allows to run (wire/agent.md, section 4). Immutable.
 *
 * @param values the value of each field: an Integer, a Double or a Boolean, as its default is
 */
public record RuntimePolicy(Map<String, Object> values) {
    /** The documented defaults. Only the number of jobs is enforced here, so there is no gatekeeping. */
    public static final RuntimePolicy DEFAULT = new RuntimePolicy(defaults());

    /** For a place that itself decides what runs when: the defaults, with no limit of ours on jobs. */
    public static final RuntimePolicy UNLIMITED = DEFAULT.withMaxConcurrentJobs(0);

    private static final String MAX_JOBS = "max_concurrent_jobs";
    private static final double MILLISECONDS = 1_000;
    private static final int MOST_SECONDS = 86_400;
    private static final String CACHE_SECONDS = "resource_cache_ttl_seconds";

    /** How many jobs may run at once; 0 for no limit. */
    public int maxConcurrentJobs() {
        return (Integer) values.getOrDefault(MAX_JOBS, 0);
    }

    /** The policy with another number of jobs that may run at once; 0 for no limit. */
    public RuntimePolicy withMaxConcurrentJobs(int most) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(MAX_JOBS, most);
        return new RuntimePolicy(changed);
    }

    /** Whether a job may start while so many run. */
    public boolean allowsMoreThan(int running) {
        return maxConcurrentJobs() == 0 || running < maxConcurrentJobs();
    }

    /** How old a report of the machine's resources may be. */
    public Duration resourceCacheTime() {
        return Duration.ofMillis(Math.round(MILLISECONDS * (Double) values.getOrDefault(CACHE_SECONDS, 0.0)));
    }

    /**
     * The policy with some fields changed.
     *
     * @throws RefusedException with 400 saying which field is wrong and why
     */
    public RuntimePolicy with(JsonNode changes) {
        Fields fields = Fields.of(changes, "the policy's changes");
        Map<String, Object> changed = new LinkedHashMap<>(values);
        fields.object().fieldNames().forEachRemaining(field -> changed.put(field, checked(fields, field)));
        return new RuntimePolicy(changed);
    }

    private static Object checked(Fields changes, String field) {
        Object usual = defaults().get(field);
        JsonNode value = changes.object().path(field);
        if (usual instanceof Boolean) {
            require(value.isBoolean(), field + " must be true or false");
            return value.booleanValue();
        }
        if (usual instanceof Integer) {
            require(
                    value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0,
                    field + " must be a whole number from 0 to " + Integer.MAX_VALUE);
            return value.intValue();
        }
        require(usual != null, "unknown policy field " + field);
        int most = field.endsWith("_percent") ? 100 : MOST_SECONDS;
        require(
                value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= most,
                field + " must be a number from 0 to " + most);
        return value.doubleValue();
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put(MAX_JOBS, 3);
        defaults.put("max_concurrent_serve_replicas", 16);
        defaults.put("gatekeeping_enabled", false);
        defaults.put("cpu_max_utilization_percent", 90.0);
        defaults.put("memory_max_utilization_percent", 90.0);
        defaults.put("gpu_max_utilization_percent", 90.0);
        defaults.put("gpu_max_memory_percent", 90.0);
        defaults.put("max_concurrent_ray_jobs", 0);
        defaults.put(CACHE_SECONDS, 5.0);
        return defaults;
    }
}
