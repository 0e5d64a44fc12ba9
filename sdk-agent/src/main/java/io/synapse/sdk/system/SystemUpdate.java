package io.synapse.sdk.system;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which image tags to update an agent's services to. Immutable.
 *
 * @param apiTag the tag of the API's image; null for the one configured
 * @param workerTag the tag of the workers' image; null for the one configured
 */
public record SystemUpdate(
        @Nullable String apiTag, @Nullable String workerTag) {
    /** To the tags that are configured. */
    public static SystemUpdate configured() {
        return new SystemUpdate(null, null);
    }

    /** What is sent: only what was given. */
    Map<String, Object> tags() {
        Map<String, Object> tags = new LinkedHashMap<>();
        if (apiTag != null) {
            tags.put("api_tag", apiTag);
        }
        if (workerTag != null) {
            tags.put("worker_tag", workerTag);
        }
        return tags;
    }
}
