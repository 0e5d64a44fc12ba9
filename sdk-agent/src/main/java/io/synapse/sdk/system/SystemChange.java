package io.synapse.sdk.system;

import io.synapse.sdk.agent.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says to an update or a restart: an open object. Immutable.
 *
 * @param status what it does, in a word
 * @param message the same in words
 * @param additionalProperties fields that this version does not know
 */
public record SystemChange(
        @Nullable String status, @Nullable String message, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public SystemChange {
        additionalProperties = Copies.of(additionalProperties);
    }
}
