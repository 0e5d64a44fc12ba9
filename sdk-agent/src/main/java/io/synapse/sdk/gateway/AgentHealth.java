package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of an agent behind a gateway. Fields that the server omits are null or empty. Immutable.
 *
 * @param status whether it can be used
 * @param version its version
 * @param uptimeSeconds since when it runs, in seconds
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record AgentHealth(
        @Nullable ServingStatus status,
        @Nullable String version,
        @Nullable Long uptimeSeconds,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public AgentHealth {
        additionalProperties = Copies.of(additionalProperties);
    }
}
