package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component and how many versions the server has. Immutable.
 *
 * @param path its path: {@code category/name.py}
 * @param category its category
 * @param name its name
 * @param activeHash the hash of its active version
 * @param versionCount the number of its versions
 * @param updatedAt when it was changed
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentSummary(
        @Nullable String path,
        @Nullable String category,
        @Nullable String name,
        @Nullable String activeHash,
        @Nullable Integer versionCount,
        @Nullable Instant updatedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentSummary {
        additionalProperties = Copies.of(additionalProperties);
    }
}
