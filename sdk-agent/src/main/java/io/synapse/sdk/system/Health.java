package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is: an open object. Immutable.
 *
 * @param status how it is, in a word
 * @param docker whether it reaches Docker, as the agent says it
 * @param additionalProperties fields that this version does not know
 */
public record Health(
        @Nullable String status, @Nullable Object docker, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Health {
        additionalProperties = Copies.of(additionalProperties);
    }
}
