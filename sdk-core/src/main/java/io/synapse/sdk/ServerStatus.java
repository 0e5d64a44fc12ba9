package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * One of the servers that a client calls, and how it has answered so far. Immutable.
 *
 * @param url its base URL
 * @param healthy false if it failed the last three attempts or more; it is tried again each second then
 * @param circuitBreaker the state of its circuit breaker; empty if it has none
 * @param inFlight how many attempts are under way
 * @param queued how many calls wait for it, with a {@linkplain Resilience#bulkhead bulkhead}
 * @param averageResponseTime a moving average, in which the last ten or so responses count; zero before the first
 */
public record ServerStatus(
        String url,
        boolean healthy,
        Optional<CircuitBreaker.State> circuitBreaker,
        int inFlight,
        int queued,
        Duration averageResponseTime) {}
