package io.synapse.sdk.system;

import io.synapse.sdk.agent.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the services of an agent are: an open object. Immutable.
 *
 * @param status how they are, in a word
 * @param additionalProperties fields that this version does not know
 */
public record SystemStatus(@Nullable String status, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public SystemStatus {
        additionalProperties = Copies.of(additionalProperties);
    }
}
