package io.synapse.sdk;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The number of attempts and the delays between them. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 *
 * <p>GET, HEAD, PUT and DELETE are retried after a transient failure (no connection, lost response, timeout, 408, 429,
 * 502, 503, 504), and so is every request that did not reach the server or was rejected with 429. A POST or PATCH that
 * may have been executed is retried only if the operation can find out whether it was, or is marked as
 * {@linkplain Endpoint#idempotent() idempotent}. All attempts and delays together stay within the call timeout.
 *
 * <p>Before each retry the client waits for the time given by {@code Retry-After}, or else a random time around
 * {@code initialDelay}, doubled with each attempt up to {@code maxDelay}:
 *
 * <ul>
 *   <li>by default a time between zero and that delay ("full jitter"). Clients that failed in the same moment come back
 *       spread over the whole delay, which costs a service that recovers the fewest calls at once;
 *   <li>with a {@link #randomizationFactor(double)}, a time that differs from that delay by this share at most, as in
 *       gRPC: for services that must be left alone for a least time. {@code RetryPolicy.DEFAULT
 *       .initialDelay(Duration.ofSeconds(1)).maxDelay(Duration.ofSeconds(30)).randomizationFactor(0.2)} waits 1, 2, 4 s
 *       and so on up to 30 s, each ± 20 %.
 * </ul>
 */
public final class RetryPolicy extends ValueObject {
    private static final Key<Integer> MAX_ATTEMPTS = new Key<>("maxAttempts", 4);
    private static final Key<Duration> INITIAL_DELAY = new Key<>("initialDelay", Duration.ofMillis(200));
    private static final Key<Duration> MAX_DELAY = new Key<>("maxDelay", Duration.ofSeconds(5));
    private static final Key<@Nullable Double> RANDOMIZATION_FACTOR = Key.of("randomizationFactor");
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
        double factor = randomizationFactor().orElse(0);
        if (!(factor >= 0 && factor <= 1)) {
            throw BadRequestException.refused("the randomization factor must be between 0 and 1, not " + factor);
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

    /** The first delay, before it is made random. */
    public Duration initialDelay() {
        return attributes.get(INITIAL_DELAY);
    }

    /** Sets the first delay, before it is made random; not negative, 200 ms by default. */
    public RetryPolicy initialDelay(Duration delay) {
        return new RetryPolicy(attributes.with(INITIAL_DELAY, delay));
    }

    /** The longest delay without {@code Retry-After}, before it is made random. */
    public Duration maxDelay() {
        return attributes.get(MAX_DELAY);
    }

    /** Sets the longest delay without {@code Retry-After}, before it is made random; not negative, 5 s by default. */
    public RetryPolicy maxDelay(Duration delay) {
        return new RetryPolicy(attributes.with(MAX_DELAY, delay));
    }

    /** By which share a delay may be shorter or longer, from 0 to 1; empty for full jitter. */
    public OptionalDouble randomizationFactor() {
        Double factor = attributes.get(RANDOMIZATION_FACTOR);
        return factor == null ? OptionalDouble.empty() : OptionalDouble.of(factor);
    }

    /**
     * Sets by which share a delay may be shorter or longer, in place of full jitter: with 0.2, each is between 80 % and
     * 120 % of what it would be, also of {@code maxDelay}.
     *
     * @param factor from 0 to 1; with 0, delays are not random at all
     */
    public RetryPolicy randomizationFactor(double factor) {
        return new RetryPolicy(attributes.with(RANDOMIZATION_FACTOR, factor));
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
