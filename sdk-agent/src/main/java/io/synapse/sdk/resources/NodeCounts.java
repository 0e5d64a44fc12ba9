package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of nodes. Immutable.
 *
 * @param total all nodes
 * @param alive nodes that are alive
 * @param dead nodes that are dead
 * @param additionalProperties fields unknown to this version
 */
public record NodeCounts(
        @Nullable Integer total,
        @Nullable Integer alive,
        @Nullable Integer dead,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public NodeCounts {
        additionalProperties = Copies.of(additionalProperties);
    }
}
