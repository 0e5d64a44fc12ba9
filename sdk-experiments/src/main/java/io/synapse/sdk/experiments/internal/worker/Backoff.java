package io.synapse.sdk.experiments.internal.worker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses after failures: each twice as long as the one before, up to a limit, and shortened at random by up to a half, so
 * that the workers of a server that comes back do not all call at once. Not thread-safe.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Duration longest;
    private final DoubleSupplier random;
    private Duration next;

    /**
     * @param longest the limit
     * @param random from 0 to 1
     */
    Backoff(Duration longest, DoubleSupplier random) {
        this.longest = longest;
        this.random = random;
        this.next = first();
    }

    /** The pause after one more failure. */
    Duration next() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofNanos((long) (pause.toNanos() * (1 - random.getAsDouble() / 2)));
    }

    /** A call succeeded: the next failure is a first one. */
    void reset() {
        next = first();
    }

    private Duration first() {
        return FIRST.compareTo(longest) < 0 ? FIRST : longest;
    }
}
