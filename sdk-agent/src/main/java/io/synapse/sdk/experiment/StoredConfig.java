package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in the folder of the server. Immutable.
 *
 * @param path its path in that folder
 * @param content its text, in YAML; null in the answer to a change
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record StoredConfig(
        @Nullable String path, @Nullable String content, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public StoredConfig {
        additionalProperties = Copies.of(additionalProperties);
    }
}
