package io.synapse.sdk;

import java.time.Duration;

/**
 * How often to ask, and for how long in all, when an operation is repeated until its result is as wanted. Immutable.
 *
 * @param interval the pause before the second request; it grows by half each time, up to {@code maxInterval}
 * @param maxInterval the longest pause between two requests
 * @param timeout the time after which waiting ends with a {@link RequestTimeoutException}
 * @param awaited what is waited for, as the words for that exception: "job train-7 to end"
 */
public record Polling(Duration interval, Duration maxInterval, Duration timeout, String awaited) {
    /** Checks that the pauses are positive and the timeout not negative. */
    public Polling {
        if (interval.isNegative() || interval.isZero() || maxInterval.compareTo(interval) < 0) {
            throw new IllegalArgumentException("the polling interval must be positive and not above its maximum");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the polling timeout must not be negative: " + timeout);
        }
    }

    /** Asks every {@code interval}, for {@code timeout} at most. */
    public static Polling every(Duration interval, Duration timeout, String awaited) {
        return new Polling(interval, interval, timeout, awaited);
    }

    /** The pause that follows this one. */
    public Duration after(Duration pause) {
        Duration longer = pause.plus(pause.dividedBy(2));
        return longer.compareTo(maxInterval) > 0 ? maxInterval : longer;
    }
}
