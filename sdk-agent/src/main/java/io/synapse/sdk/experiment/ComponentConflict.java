package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component of which a folder and the server have different versions. Immutable.
 *
 * @param path the path of the component
 * @param type how they differ
 * @param localHash the hash of the local version; null if there is none
 * @param serverHash the hash of the active version of the server; null if there is none
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentConflict(
        @Nullable String path,
        @Nullable ConflictType type,
        @Nullable String localHash,
        @Nullable String serverHash,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentConflict {
        additionalProperties = Copies.of(additionalProperties);
    }
}
