package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a run. Immutable.
 *
 * @param content its text, in YAML
 * @param filePath its path at the server
 * @param fileSize its size in bytes
 * @param lastModified when it was changed
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record RunConfig(
        @Nullable String content,
        @Nullable String filePath,
        @Nullable Long fileSize,
        @Nullable Instant lastModified,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public RunConfig {
        additionalProperties = Copies.of(additionalProperties);
    }
}
