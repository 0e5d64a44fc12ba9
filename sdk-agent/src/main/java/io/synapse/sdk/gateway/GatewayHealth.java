package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a gateway itself, whatever the state of the services behind it. Fields that the server omits are null
 * or empty. Immutable.
 *
 * @param status {@code healthy}
 * @param service {@code gateway}
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record GatewayHealth(
        @Nullable String status, @Nullable String service, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public GatewayHealth {
        additionalProperties = Copies.of(additionalProperties);
    }
}
