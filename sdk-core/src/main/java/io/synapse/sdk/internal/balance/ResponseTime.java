package io.synapse.sdk.internal.balance;

import java.util.concurrent.TimeUnit;

/**
 * A moving average of response times that follows a slower one at once and faster ones with a time constant ("peak
 * EWMA"). Not thread-safe.
 */
final class ResponseTime {
    private static final double TIME_CONSTANT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private double average;
    private long observedAt;
    private boolean known;

    void observe(long nanos, long now) {
        if (!known || nanos > average) {
            average = nanos;
        } else {
            double kept = Math.exp(-Math.max(0, now - observedAt) / TIME_CONSTANT_NANOS);
            average = average * kept + nanos * (1 - kept);
        }
        observedAt = now;
        known = true;
    }

    /** Whether there was a response. */
    boolean isKnown() {
        return known;
    }

    /** In nanoseconds; 0 before the first response. */
    double average() {
        return average;
    }
}
