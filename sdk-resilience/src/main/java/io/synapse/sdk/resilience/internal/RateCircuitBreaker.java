package io.synapse.sdk.resilience.internal;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.synapse.sdk.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker of Resilience4j. That decides in the half-open state when all its requests have a result, and takes
 * results from whoever has some: here each permission gives one, and only in the state that gave it.
 */
public final class RateCircuitBreaker implements CircuitBreaker {
    /** Does not follow the machine's clock when that is set. */
    public static final Clock MONOTONIC = new MonotonicClock();

    private static final Exception FAILED = new Exception("failed");

    private final io.github.resilience4j.circuitbreaker.CircuitBreaker breaker;

    /** A circuit breaker that is closed; the values are those of {@link io.synapse.sdk.resilience.CircuitBreakers}. */
    public RateCircuitBreaker(
            String name,
            int window,
            int minimumRequests,
            double failureRate,
            Duration openTime,
            int trialRequests,
            Clock clock) {
        breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(window, minimumRequests, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold((float) (failureRate * 100))
                        .waitDurationInOpenState(openTime)
                        .permittedNumberOfCallsInHalfOpenState(trialRequests)
                        .clock(clock)
                        .build());
    }

    @Override
    public Optional<Permission> tryAcquire() {
        return breaker.tryAcquirePermission() ? Optional.of(new OneResult(breaker.getMetrics())) : Optional.empty();
    }

    @Override
    public State state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
        };
    }

    /** The result of one request counts in the state in which it was sent. */
    private final class OneResult implements Permission {
        /** Of its state: those that count results each have metrics of their own, which are read after the permission. */
        private final Metrics sentIn;

        OneResult(Metrics sentIn) {
            this.sentIn = sentIn;
        }

        @Override
        public void onSuccess(Duration took) {
            if (isCurrent()) {
                breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void onFailure(Duration took) {
            if (isCurrent()) {
                breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, FAILED);
            }
        }

        @Override
        public void release() {
            if (isCurrent()) {
                breaker.releasePermission();
            }
        }

        private boolean isCurrent() {
            return breaker.getMetrics() == sentIn;
        }
    }

    private static final class MonotonicClock extends Clock {
        private final Instant start = Instant.now();
        private final long startNanos = System.nanoTime();

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - startNanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
