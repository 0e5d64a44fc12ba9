package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a conflict of components was resolved. Immutable.
 *
 * @param path the path of the component
 * @param hash the hash of the version that is active now
 * @param resolution what was done
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentResolution(
        @Nullable String path,
        @Nullable String hash,
        @Nullable ConflictResolution resolution,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentResolution {
        additionalProperties = Copies.of(additionalProperties);
    }
}
