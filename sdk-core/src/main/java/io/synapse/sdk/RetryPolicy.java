package io.synapse.sdk;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;

/**
 * The number of attempts and the delays between them. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 *
 * <p>GET, HEAD, PUT and DELETE are retried after a transient failure (no connection, lost response, timeout, 408, 429,
 * 502, 503, 504), and so is every request that did not reach the server or was rejected with 429. A POST or PATCH that
 * may have been executed is retried only if the operation can find out whether it was, or is marked as
 * {@linkplain Endpoint#idempotent() idempotent}. Before each retry the client
 * waits a random time between zero and {@code initialDelay} doubled with each attempt ("full jitter"), or the time
 * given by {@code Retry-After}. All attempts and delays together stay within the call timeout.
 */
public final class RetryPolicy extends ValueObject {
    private static final Key<Integer> MAX_ATTEMPTS = new Key<>("maxAttempts", 4);
    private static final Key<Duration> INITIAL_DELAY = new Key<>("initialDelay", Duration.ofMillis(200));
    private static final Key<Duration> MAX_DELAY = new Key<>("maxDelay", Duration.ofSeconds(5));
    private static final Key<Duration> MAX_RETRY_AFTER = new Key<>("maxRetryAfter", Duration.ofSeconds(30));

    /**
     * Four attempts, delays from 200 ms to 5 s, {@code Retry-After} up to 30 s: half of the default call timeout, so
     * that time remains for the next attempt.
     */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Attributes.NONE);

    /** One attempt. */
    public static final RetryPolicy NEVER = DEFAULT.maxAttempts(1)
            .initialDelay(Duration.ZERO)
            .maxDelay(Duration.ZERO)
            .maxRetryAfter(Duration.ZERO);

    private RetryPolicy(Attributes attributes) {
        super(attributes);
        if (maxAttempts() < 1) {
            throw BadRequestException.refused("a call needs at least one attempt, not " + maxAttempts());
        }
        if (initialDelay().isNegative()
                || maxDelay().isNegative()
                || maxRetryAfter().isNegative()) {
            throw BadRequestException.refused("the delays of a retry policy must not be negative");
        }
    }

    /** The largest number of attempts, the first one included. */
    public int maxAttempts() {
        return attributes.get(MAX_ATTEMPTS);
    }

    /** Sets the largest number of attempts, the first one included; at least 1. */
    public RetryPolicy maxAttempts(int attempts) {
        return new RetryPolicy(attributes.with(MAX_ATTEMPTS, attempts));
    }

    /** The upper bound of the first delay. */
    public Duration initialDelay() {
        return attributes.get(INITIAL_DELAY);
    }

    /** Sets the upper bound of the first delay; not negative. */
    public RetryPolicy initialDelay(Duration delay) {
        return new RetryPolicy(attributes.with(INITIAL_DELAY, delay));
    }

    /** The upper bound of each delay without {@code Retry-After}. */
    public Duration maxDelay() {
        return attributes.get(MAX_DELAY);
    }

    /** Sets the upper bound of each delay without {@code Retry-After}; not negative. */
    public RetryPolicy maxDelay(Duration delay) {
        return new RetryPolicy(attributes.with(MAX_DELAY, delay));
    }

    /** The longest {@code Retry-After} that is obeyed; after a longer one the call fails at once. */
    public Duration maxRetryAfter() {
        return attributes.get(MAX_RETRY_AFTER);
    }

    /** Sets the longest {@code Retry-After} that is obeyed; not negative. */
    public RetryPolicy maxRetryAfter(Duration longest) {
        return new RetryPolicy(attributes.with(MAX_RETRY_AFTER, longest));
    }
}
