package io.synapse.sdk.internal.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A point in time after which something is given up, on a monotonic clock. Immutable. */
public final class Deadline {
    /** Never. */
    public static final Deadline NONE = new Deadline(System::nanoTime, 0, Long.MAX_VALUE);

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final LongSupplier clock;
    private final long start;
    private final long nanos;

    private Deadline(LongSupplier clock, long start, long nanos) {
        this.clock = clock;
        this.start = start;
        this.nanos = nanos;
    }

    /**
     * So long after a point in time.
     *
     * @param clock a monotonic clock in nanoseconds
     * @param start the point in time, on that clock
     * @param limit not negative; {@link Duration#ZERO} stands for no limit
     */
    public static Deadline of(LongSupplier clock, long start, Duration limit) {
        return limit.isZero() ? NONE : new Deadline(clock, start, nanosOf(limit));
    }

    /**
     * So many nanoseconds after a point in time.
     *
     * @param nanos {@link Long#MAX_VALUE} for no limit
     */
    public static Deadline ofNanos(LongSupplier clock, long start, long nanos) {
        return nanos == Long.MAX_VALUE ? NONE : new Deadline(clock, start, nanos);
    }

    /** So long after now; {@link Duration#ZERO} stands for no limit. */
    public static Deadline after(Duration limit) {
        return of(System::nanoTime, System.nanoTime(), limit);
    }

    /** The earlier of this and another one on the same clock. */
    public Deadline min(Deadline other) {
        return leftNanos() <= other.leftNanos() ? this : other;
    }

    /** How much time is left in nanoseconds; never negative, {@link Long#MAX_VALUE} where there is no limit. */
    public long leftNanos() {
        return nanos == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, nanos - (clock.getAsLong() - start));
    }

    /** How much time is left; never negative. */
    public Duration left() {
        return this == NONE ? FOREVER : Duration.ofNanos(leftNanos());
    }

    /** Whether there is no time left. */
    public boolean isOver() {
        return leftNanos() == 0;
    }

    /** What was allowed from the start on. */
    public Duration limit() {
        return Duration.ofNanos(nanos);
    }

    /** How much time is left in milliseconds, rounded up; never negative. */
    long leftMillis() {
        long left = leftNanos();
        long millis = TimeUnit.NANOSECONDS.toMillis(left);
        return left - TimeUnit.MILLISECONDS.toNanos(millis) > 0 ? millis + 1 : millis;
    }

    private static long nanosOf(Duration limit) {
        return limit.compareTo(FOREVER) >= 0 ? Long.MAX_VALUE : limit.toNanos();
    }
}
