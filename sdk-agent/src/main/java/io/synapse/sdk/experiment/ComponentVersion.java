package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a component. Immutable.
 *
 * @param hash its hash: XXH3-64 of its bytes, 16 hexadecimal digits
 * @param path the path of the component
 * @param category its category
 * @param name its name
 * @param isActive whether it is the active one
 * @param isNew whether the server did not have it before; null unless it was uploaded just now
 * @param createdAt when the server got it
 * @param content its text; null if it was not asked for
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentVersion(
        @Nullable String hash,
        @Nullable String path,
        @Nullable String category,
        @Nullable String name,
        @Nullable Boolean isActive,
        @Nullable Boolean isNew,
        @Nullable Instant createdAt,
        @Nullable String content,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentVersion {
        additionalProperties = Copies.of(additionalProperties);
    }
}
