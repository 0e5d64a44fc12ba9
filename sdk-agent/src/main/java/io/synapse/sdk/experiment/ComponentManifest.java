package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the components that a job uses. Immutable.
 *
 * @param experimentUid the job
 * @param components the hash of each component, by path
 * @param createdAt when it was saved
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentManifest(
        @Nullable String experimentUid,
        Map<String, String> components,
        @Nullable Instant createdAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ComponentManifest {
        components = Copies.of(components);
        additionalProperties = Copies.of(additionalProperties);
    }
}
