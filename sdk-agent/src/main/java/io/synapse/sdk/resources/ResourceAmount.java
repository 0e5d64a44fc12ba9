package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The amount of a resource. Immutable.
 *
 * @param total the total, in CPUs or bytes
 * @param used the amount in use
 * @param available the free amount
 * @param additionalProperties fields unknown to this version
 */
public record ResourceAmount(
        @Nullable Double total,
        @Nullable Double used,
        @Nullable Double available,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ResourceAmount {
        additionalProperties = Copies.of(additionalProperties);
    }
}
