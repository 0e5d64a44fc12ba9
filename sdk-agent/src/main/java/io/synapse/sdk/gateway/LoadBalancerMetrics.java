package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one service, as the balancer of a gateway counts them. Fields that the server omits are null or
 * empty. Immutable.
 *
 * @param service the service
 * @param totalEndpoints all endpoints
 * @param healthyEndpoints endpoints in use
 * @param endpoints each of them
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record LoadBalancerMetrics(
        @Nullable String service,
        @Nullable Integer totalEndpoints,
        @Nullable Integer healthyEndpoints,
        List<EndpointMetrics> endpoints,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public LoadBalancerMetrics {
        endpoints = Copies.of(endpoints);
        additionalProperties = Copies.of(additionalProperties);
    }
}
