package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens after two failures and stays so. Counts the permissions that were not given back. */
final class TwoFailures implements CircuitBreaker {
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger permissions = new AtomicInteger();

    @Override
    public Optional<Permission> tryAcquire() {
        if (state() == State.OPEN) {
            return Optional.empty();
        }
        permissions.incrementAndGet();
        return Optional.of(new Permission() {
            @Override
            public void onSuccess(Duration took) {
                permissions.decrementAndGet();
                failures.set(0);
            }

            @Override
            public void onFailure(Duration took) {
                permissions.decrementAndGet();
                failures.incrementAndGet();
            }

            @Override
            public void release() {
                permissions.decrementAndGet();
            }
        });
    }

    @Override
    public State state() {
        return failures.get() < 2 ? State.CLOSED : State.OPEN;
    }
}
