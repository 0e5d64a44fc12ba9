package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a configuration. Immutable.
 *
 * @param path the key, with dots
 * @param line the line, from 1
 * @param message what is wrong
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ConfigProblem(
        @Nullable String path,
        @Nullable Integer line,
        @Nullable String message,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ConfigProblem {
        additionalProperties = Copies.of(additionalProperties);
    }
}
