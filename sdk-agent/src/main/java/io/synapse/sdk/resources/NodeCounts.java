package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes there are. Immutable.
 *
 * @param total in all
 * @param alive there
 * @param dead gone
 * @param additionalProperties fields that this version does not know
 */
public record NodeCounts(
        @Nullable Integer total,
        @Nullable Integer alive,
        @Nullable Integer dead,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public NodeCounts {
        additionalProperties = Copies.of(additionalProperties);
    }
}
