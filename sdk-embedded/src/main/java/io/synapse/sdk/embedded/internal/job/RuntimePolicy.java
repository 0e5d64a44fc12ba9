package io.synapse.sdk.embedded.internal.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the agent allows to run (wire/agent.md, section 4). Immutable.
 *
 * @param values the value of each field, a whole number or a boolean
 */
public record RuntimePolicy(Map<String, Object> values) {
    /** The documented defaults. Only the number of jobs is enforced here, so there is no gatekeeping. */
    public static final RuntimePolicy DEFAULT = new RuntimePolicy(defaults());

    private static final String MAX_JOBS = "max_concurrent_jobs";
    private static final String CACHE_SECONDS = "resource_cache_ttl_seconds";

    /** How many jobs may run at once; 0 for no limit. */
    public int maxConcurrentJobs() {
        return (Integer) values.getOrDefault(MAX_JOBS, 0);
    }

    /** How old a report of the machine's resources may be, in seconds. */
    public int resourceCacheSeconds() {
        return (Integer) values.getOrDefault(CACHE_SECONDS, 0);
    }

    /**
     * The policy with some fields changed.
     *
     * @throws InvalidJobException saying which field is wrong and why
     */
    public RuntimePolicy with(JsonNode changes) {
        if (!(changes instanceof ObjectNode object)) {
            throw new InvalidJobException("the policy's changes must be a JSON object");
        }
        Map<String, Object> changed = new LinkedHashMap<>(values);
        object.properties().forEach(entry -> changed.put(entry.getKey(), checked(entry.getKey(), entry.getValue())));
        return new RuntimePolicy(changed);
    }

    private static Object checked(String field, JsonNode value) {
        Object usual = defaults().get(field);
        if (usual == null) {
            throw new InvalidJobException("unknown policy field " + field);
        }
        if (usual instanceof Boolean) {
            if (!value.isBoolean()) {
                throw new InvalidJobException(field + " must be true or false");
            }
            return value.booleanValue();
        }
        int most = field.endsWith("_percent") ? 100 : Integer.MAX_VALUE;
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > most) {
            throw new InvalidJobException(field + " must be a whole number from 0 to " + most);
        }
        return value.intValue();
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put(MAX_JOBS, 3);
        defaults.put("max_concurrent_serve_replicas", 16);
        defaults.put("gatekeeping_enabled", false);
        defaults.put("cpu_max_utilization_percent", 90);
        defaults.put("memory_max_utilization_percent", 90);
        defaults.put("gpu_max_utilization_percent", 90);
        defaults.put("gpu_max_memory_percent", 90);
        defaults.put("max_concurrent_ray_jobs", 0);
        defaults.put(CACHE_SECONDS, 5);
        return defaults;
    }
}
