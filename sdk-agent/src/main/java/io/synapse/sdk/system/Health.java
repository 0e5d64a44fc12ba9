package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of an agent: an open object. Immutable.
 *
 * @param status its status
 * @param docker whether it has access to Docker, as sent by the agent
 * @param additionalProperties fields unknown to this version
 */
public record Health(
        @Nullable String status, @Nullable Object docker, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Health {
        additionalProperties = Copies.of(additionalProperties);
    }
}
