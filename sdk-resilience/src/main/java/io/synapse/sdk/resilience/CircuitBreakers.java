package io.synapse.sdk.resilience;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.resilience.internal.RateCircuitBreaker;
import java.time.Clock;
import java.time.Duration;

/**
 * Circuit breakers that open when too large a part of the last requests failed, for
 * {@link Resilience#circuitBreaker}. After some time they let a few requests find out whether the server is well: if
 * fewer of those than the same part fail, the circuit closes, else it opens again. Results of requests that were sent in
 * an earlier state do not count. Time is measured by the monotonic clock. There is no thread.
 *
 * <p>Immutable; each setter returns a modified copy, and throws a {@link BadRequestException} when a value is out of its
 * range.
 */
public final class CircuitBreakers implements CircuitBreaker.Factory {
    private static final CircuitBreakers STANDARD = new CircuitBreakers(20, 5, 0.5, Duration.ofSeconds(30), 3);
    private static final int MAX_WINDOW = 10_000;

    private final int window;
    private final int minimumRequests;
    private final double failureRate;
    private final Duration openTime;
    private final int trialRequests;

    private CircuitBreakers(int window, int minimumRequests, double failureRate, Duration openTime, int trialRequests) {
        this.window = inRange("window", window);
        this.minimumRequests = inRange("smallest number of requests", minimumRequests);
        this.failureRate = failureRate;
        this.openTime = openTime;
        this.trialRequests = inRange("number of trial requests", trialRequests);
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw BadRequestException.refused("the failure rate must be above 0 and at most 1, not " + failureRate);
        }
        if (openTime.toMillis() < 1) {
            throw BadRequestException.refused("the open time must be at least 1 ms, not " + openTime);
        }
    }

    /**
     * Open when half of the last 20 requests failed, of 5 at least, for 30 s; 3 requests on trial (wire/gateway.md,
     * section 9).
     */
    public static CircuitBreakers standard() {
        return STANDARD;
    }

    /** Sets how many of the last requests count; 1 to 10,000. */
    public CircuitBreakers window(int requests) {
        return new CircuitBreakers(requests, minimumRequests, failureRate, openTime, trialRequests);
    }

    /** Sets how many requests there must be in the window before the circuit can open; 1 to 10,000. */
    public CircuitBreakers minimumRequests(int requests) {
        return new CircuitBreakers(window, requests, failureRate, openTime, trialRequests);
    }

    /** Sets the part of failures that opens the circuit; above 0, at most 1. */
    public CircuitBreakers failureRate(double rate) {
        return new CircuitBreakers(window, minimumRequests, rate, openTime, trialRequests);
    }

    /** Sets how long the circuit stays open; at least 1 ms. */
    public CircuitBreakers openTime(Duration time) {
        return new CircuitBreakers(window, minimumRequests, failureRate, time, trialRequests);
    }

    /** Sets how many requests are sent at most in the half-open state; 1 to 10,000. */
    public CircuitBreakers trialRequests(int requests) {
        return new CircuitBreakers(window, minimumRequests, failureRate, openTime, requests);
    }

    @Override
    public CircuitBreaker create(String server) {
        return create(server, RateCircuitBreaker.MONOTONIC);
    }

    /** As {@link #create(String)}, on another clock. */
    CircuitBreaker create(String server, Clock clock) {
        return new RateCircuitBreaker(server, window, minimumRequests, failureRate, openTime, trialRequests, clock);
    }

    private static int inRange(String what, int value) {
        if (value < 1 || value > MAX_WINDOW) {
            throw BadRequestException.refused("the " + what + " must be from 1 to 10000, not " + value);
        }
        return value;
    }
}
