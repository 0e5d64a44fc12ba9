package io.synapse.sdk;

import java.time.Duration;

/**
 * How often, and how soon, a failed request is sent again. Immutable.
 *
 * <p>Repeated are GET, HEAD, PUT and DELETE after a passing fault (no connection, lost reply, timeout, 408, 429, 502,
 * 503, 504), and every request that surely never reached the server or was turned away with 429. A POST or PATCH that
 * may have been executed is repeated only when the operation can find out whether it was. Before each repeat the client
 * waits a random time between zero and {@code initialDelay} doubled with each attempt ("full jitter"), or the time
 * that the server asks for with {@code Retry-After}. All attempts and pauses together stay within the call timeout.
 *
 * @param maxAttempts the first attempt and all repeats; at least 1
 * @param initialDelay upper bound of the first pause
 * @param maxDelay upper bound of every pause of our own choice
 * @param maxRetryAfter how long a {@code Retry-After} is obeyed; when the server asks for more, the call fails at once
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, Duration maxDelay, Duration maxRetryAfter) {
    /**
     * Four attempts, pauses from 200 ms to 5 s, {@code Retry-After} up to 30 s: half of the default call timeout, so that
     * there is time for the next attempt.
     */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30));

    /** One attempt and no more. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Checks the ranges. */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("a call needs at least one attempt, not " + maxAttempts);
        }
        if (initialDelay.isNegative() || maxDelay.isNegative() || maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException("the delays of a retry policy must not be negative");
        }
    }

    /** The same policy with another number of attempts. */
    public RetryPolicy maxAttempts(int attempts) {
        return new RetryPolicy(attempts, initialDelay, maxDelay, maxRetryAfter);
    }
}
