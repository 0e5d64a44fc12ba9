package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a gateway to one service. Fields that the server omits are null or empty. Immutable.
 *
 * @param name the service
 * @param currentSize connections that there are
 * @param available connections that nobody uses
 * @param totalAcquired how often one was taken
 * @param totalReleased how often one was given back
 * @param totalCreated connections that were made
 * @param totalDestroyed connections that were closed
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record PoolMetrics(
        @Nullable String name,
        @Nullable Integer currentSize,
        @Nullable Integer available,
        @Nullable Long totalAcquired,
        @Nullable Long totalReleased,
        @Nullable Long totalCreated,
        @Nullable Long totalDestroyed,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public PoolMetrics {
        additionalProperties = Copies.of(additionalProperties);
    }
}
