package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A circuit breaker that counts, and is open only when it is told so. */
public final class CountingBreaker implements CircuitBreaker {
    /** Permissions that were asked for. */
    public final AtomicInteger asked = new AtomicInteger();

    /** Permissions whose request succeeded, failed, or told nothing. */
    public final AtomicInteger successes = new AtomicInteger();

    public final AtomicInteger failures = new AtomicInteger();
    public final AtomicInteger releases = new AtomicInteger();

    /** How many of the next permissions are refused. */
    public final AtomicInteger refusals = new AtomicInteger();

    @Override
    public Optional<Permission> tryAcquire() {
        asked.incrementAndGet();
        return refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                ? Optional.empty()
                : Optional.of(new Permission() {
                    @Override
                    public void onSuccess(Duration took) {
                        successes.incrementAndGet();
                    }

                    @Override
                    public void onFailure(Duration took) {
                        failures.incrementAndGet();
                    }

                    @Override
                    public void release() {
                        releases.incrementAndGet();
                    }
                });
    }

    @Override
    public State state() {
        return refusals.get() > 0 ? State.OPEN : State.CLOSED;
    }
}
