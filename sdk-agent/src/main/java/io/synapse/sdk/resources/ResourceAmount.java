package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of something there is. Immutable.
 *
 * @param total in all: CPUs, or bytes
 * @param used in use
 * @param available free
 * @param additionalProperties fields that this version does not know
 */
public record ResourceAmount(
        @Nullable Double total,
        @Nullable Double used,
        @Nullable Double available,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ResourceAmount {
        additionalProperties = Copies.of(additionalProperties);
    }
}
