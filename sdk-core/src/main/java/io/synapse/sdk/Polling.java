package io.synapse.sdk;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;

/**
 * Intervals and timeout of an operation that is repeated until its result meets a condition. Immutable: each setter
 * returns a modified copy, and throws a {@link BadRequestException} when a value is out of its range.
 */
public final class Polling extends ValueObject {
    private static final Key<Duration> INTERVAL = Key.of("interval");
    private static final Key<Duration> MAX_INTERVAL = Key.of("maxInterval");
    private static final Key<Duration> TIMEOUT = Key.of("timeout");
    private static final Key<String> AWAITED = Key.of("awaited");

    private Polling(Attributes attributes) {
        super(attributes);
        if (interval().isNegative() || interval().isZero() || maxInterval().compareTo(interval()) < 0) {
            throw BadRequestException.refused("the polling interval must be positive and not above its maximum");
        }
        if (timeout().isNegative()) {
            throw BadRequestException.refused("the polling timeout must not be negative: " + timeout());
        }
    }

    /**
     * Polls in equal intervals.
     *
     * @param interval the interval between two requests; positive
     * @param timeout the time after which waiting ends with a {@link RequestTimeoutException}; not negative
     * @param awaited the awaited event, for the message of that exception: "job train-7 to end"
     */
    public static Polling every(Duration interval, Duration timeout, String awaited) {
        return new Polling(Attributes.NONE
                .with(INTERVAL, interval)
                .with(MAX_INTERVAL, interval)
                .with(TIMEOUT, timeout)
                .with(AWAITED, awaited));
    }

    /** The interval before the second request; each further one is 1.5 times as long, up to {@link #maxInterval()}. */
    public Duration interval() {
        return attributes.get(INTERVAL);
    }

    /** The longest interval between two requests. */
    public Duration maxInterval() {
        return attributes.get(MAX_INTERVAL);
    }

    /** Sets the longest interval between two requests; at least {@link #interval()}. */
    public Polling maxInterval(Duration longest) {
        return new Polling(attributes.with(MAX_INTERVAL, longest));
    }

    /** The time after which waiting ends with a {@link RequestTimeoutException}. */
    public Duration timeout() {
        return attributes.get(TIMEOUT);
    }

    /** The awaited event, as text. */
    public String awaited() {
        return attributes.get(AWAITED);
    }

    /** The interval after this one. */
    public Duration after(Duration pause) {
        Duration longer = pause.plus(pause.dividedBy(2));
        return longer.compareTo(maxInterval()) > 0 ? maxInterval() : longer;
    }
}
