package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counters of a gateway since it was started. Fields that the server omits are null or empty. Immutable.
 *
 * @param pools its connections by service
 * @param loadBalancers its balancers by service
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record GatewayMetrics(
        Map<String, PoolMetrics> pools,
        Map<String, LoadBalancerMetrics> loadBalancers,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public GatewayMetrics {
        pools = Copies.of(pools);
        loadBalancers = Copies.of(loadBalancers);
        additionalProperties = Copies.of(additionalProperties);
    }
}
