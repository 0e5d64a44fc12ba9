package io.synapse.sdk.experiments.internal;

import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * For how long servers have run with one set of records: the time by which the age of records is measured. Unlike the
 * clock of the machine it is never set, and unlike the JVM's it goes on after a restart; the time between two runs does
 * not count. Thread-safe.
 */
public final class RunningTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Jdbi database;
    private final LongSupplier nanos;
    private final long before;
    private final long start;

    /**
     * Goes on where the records end.
     *
     * @param nanos a monotonic clock, for instance {@link System#nanoTime()}
     */
    public RunningTime(Jdbi database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
        this.before = database.withHandle(handle -> handle.createQuery("SELECT millis FROM running_time")
                .mapTo(long.class)
                .one());
        this.start = nanos.getAsLong();
    }

    /** In milliseconds. */
    public long millis() {
        return before + (nanos.getAsLong() - start) / NANOS_PER_MILLI;
    }

    /** Of this run only, in nanoseconds of the monotonic clock; to be compared by subtraction. */
    public long nanos() {
        return nanos.getAsLong();
    }

    /** Records it; what passes between the last time and the end of the server does not count. */
    public void save() {
        database.useHandle(handle -> handle.execute("UPDATE running_time SET millis = ?", millis()));
    }
}
