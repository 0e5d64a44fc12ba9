package io.synapse.sdk;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;

/**
 * The time limit of a single attempt of a call, so that there is time left for the next one: a fixed one, or one that
 * adapts to the response times of the operation. An attempt that reaches it fails with a {@link RequestTimeoutException}
 * of the kind {@code ATTEMPT} and is retried if that is safe. The call's total time limit applies all the same.
 *
 * <p>An adaptive limit is 1.5 times the 95th percentile of the last 100 successful attempts of the operation, at least
 * {@link #min()}, at most {@link #max()} and twice the {@link #base()}. It is the base before there were ten. An attempt
 * that reached the limit counts as one that took twice the limit, so that the limit follows a service that became
 * slower.
 *
 * <p>Immutable; each setter returns a modified copy and throws a {@link BadRequestException} when a value is not
 * positive.
 */
public final class AttemptTimeout extends ValueObject {
    private static final Key<Boolean> ADAPTIVE = new Key<>("adaptive", false);
    private static final Key<Duration> BASE = new Key<>("base", Duration.ofSeconds(30));
    private static final Key<Duration> MIN = new Key<>("min", Duration.ofSeconds(5));
    private static final Key<Duration> MAX = new Key<>("max", Duration.ofSeconds(120));

    private AttemptTimeout(Attributes attributes) {
        super(attributes);
    }

    /** The same limit for each attempt; positive. */
    public static AttemptTimeout fixed(Duration limit) {
        return new AttemptTimeout(Attributes.NONE).base(limit);
    }

    /** A limit that adapts, with a base of 30 s, at least 5 s and at most 120 s. */
    public static AttemptTimeout adaptive() {
        return new AttemptTimeout(Attributes.NONE.with(ADAPTIVE, true));
    }

    /** Sets the limit before there were ten attempts. */
    public AttemptTimeout base(Duration limit) {
        return with(BASE, limit);
    }

    /** Sets the smallest limit. */
    public AttemptTimeout min(Duration limit) {
        return with(MIN, limit);
    }

    /** Sets the largest limit. */
    public AttemptTimeout max(Duration limit) {
        return with(MAX, limit);
    }

    /** Whether it adapts. */
    public boolean isAdaptive() {
        return attributes.get(ADAPTIVE);
    }

    /** The fixed limit, or the one before there were ten attempts. */
    public Duration base() {
        return attributes.get(BASE);
    }

    /** The smallest limit that it adapts to. */
    public Duration min() {
        return attributes.get(MIN);
    }

    /** The largest limit that it adapts to. */
    public Duration max() {
        return attributes.get(MAX);
    }

    private AttemptTimeout with(Key<Duration> key, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw BadRequestException.refused("the time limit of an attempt must be positive, not " + limit);
        }
        return new AttemptTimeout(attributes.with(key, limit));
    }
}
