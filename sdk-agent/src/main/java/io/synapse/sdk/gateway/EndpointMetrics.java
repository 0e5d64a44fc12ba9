package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a service. Fields that the server omits are null or empty. Immutable.
 *
 * @param address host and port
 * @param healthy whether it is in use
 * @param weight its share of the calls, relative to the other endpoints
 * @param successCount calls that succeeded; the original counts failed ones here too
 * @param failureCount calls that failed
 * @param avgResponseTimeMs the mean duration of its last calls, in milliseconds
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record EndpointMetrics(
        @Nullable String address,
        @Nullable Boolean healthy,
        @Nullable Double weight,
        @Nullable Long successCount,
        @Nullable Long failureCount,
        @Nullable Double avgResponseTimeMs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public EndpointMetrics {
        additionalProperties = Copies.of(additionalProperties);
    }
}
