package io.synapse.sdk.resilience;

import io.synapse.sdk.AttemptTimeout;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryBudget;

/** Layers for services that answer most requests within seconds and may fail at any time. */
public final class StandardResilience {
    private static final int MAX_IN_FLIGHT = 64;
    private static final int MAX_QUEUED = 256;

    private StandardResilience() {}

    /**
     * All layers with their standard values: {@link RetryBudget#DEFAULT}, {@link CircuitBreakers#standard()}, 64 calls in
     * flight and 256 queued for each server, {@link AttemptTimeout#adaptive()} and an
     * {@link InMemoryFallbackCache#standard()} of its own. The deadline and the retry policy are the client's.
     */
    public static Resilience create() {
        return Resilience.NONE
                .retryBudget(RetryBudget.DEFAULT)
                .circuitBreaker(CircuitBreakers.standard())
                .bulkhead(MAX_IN_FLIGHT, MAX_QUEUED)
                .attemptTimeout(AttemptTimeout.adaptive())
                .fallbackCache(InMemoryFallbackCache.standard());
    }
}
