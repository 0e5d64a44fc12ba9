package io.synapse.sdk.experiments.internal.queue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when machines may be silent. All by the monotonic clock, and in memory: after a restart of the server each lease
 * begins anew, so that its own absence is not taken for that of a machine. Thread-safe.
 */
final class Leases {
    private static final Duration BEFORE_FIRST_LISTING = Duration.ofSeconds(10);
    private static final int LISTINGS_PER_LEASE = 6;
    /** Between two looks, which come once a second: longer than a busy machine makes them wait. */
    private static final Duration LEAST_LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final int MOST_NOT_LISTED = 2;

    private final LongSupplier nanos;
    private final long length;
    private final long beforeFirstListing;
    private final long start;
    private final long longestPause;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, Integer> notListed = new ConcurrentHashMap<>();
    private long looked;
    private volatile long awake;

    /**
     * @param nanos the clock
     * @param length for how long a machine may be silent, a start unconfirmed, a cancelled job in its way to stop
     */
    Leases(LongSupplier nanos, Duration length) {
        this.nanos = nanos;
        this.length = length.toNanos();
        this.beforeFirstListing = Math.min(BEFORE_FIRST_LISTING.toNanos(), this.length / LISTINGS_PER_LEASE);
        this.longestPause = Math.max(this.length / 2, LEAST_LONGEST_PAUSE.toNanos());
        this.start = nanos.getAsLong();
        this.looked = start;
        this.awake = start;
    }

    /**
     * The leases are about to be looked at. If that was long ago, the server stood still, and so did what machines would have
     * told it: each lease begins anew then.
     */
    void look() {
        long now = nanos.getAsLong();
        if (now - looked > longestPause) {
            awake = now;
        }
        looked = now;
    }

    /** A machine has been heard of. */
    void hear(String host) {
        heard.put(host, nanos.getAsLong());
    }

    /** A phase of a job begins: it is assigned, runs, or is to stop. */
    void begin(String uid) {
        begun.put(uid, nanos.getAsLong());
        notListed.remove(uid);
    }

    /** No machine has the job any more. */
    void end(String uid) {
        begun.remove(uid);
        notListed.remove(uid);
    }

    /** What has become overdue for a job that a machine holds. */
    Optional<JobEvent> overdue(Job job, String host) {
        long phase = age(begun.get(job.uid()));
        boolean isPhaseOver = phase > length;
        if (job.isStopping()) {
            return isPhaseOver ? Optional.of(new JobEvent.Stopped()) : Optional.empty();
        }
        if (job.status() == JobStatus.ASSIGNED && isPhaseOver) {
            return Optional.of(new JobEvent.ConfirmOverdue());
        }
        return Math.min(phase, age(heard.get(host))) > length
                ? Optional.of(new JobEvent.HostSilent())
                : Optional.empty();
    }

    /** What it means that the machine of a job says whether it runs that. */
    Optional<JobEvent> listed(Job job, boolean isListed) {
        if (isListed) {
            notListed.remove(job.uid());
            if (job.status() == JobStatus.ASSIGNED) {
                begin(job.uid()); // it is about to confirm
            }
            return Optional.of(new JobEvent.Listed());
        }
        if (job.isStopping()) {
            return Optional.of(new JobEvent.Stopped());
        }
        if (!job.isInProgress() || age(begun.get(job.uid())) <= beforeFirstListing) {
            return Optional.empty();
        }
        return notListed.merge(job.uid(), 1, Integer::sum) >= MOST_NOT_LISTED
                ? Optional.of(new JobEvent.NotListed())
                : Optional.empty();
    }

    /** Forgets machines that have been silent for long and hold nothing. */
    void forget(Set<String> holders) {
        heard.entrySet().removeIf(each -> !holders.contains(each.getKey()) && age(each.getValue()) > length);
    }

    private long age(@Nullable Long time) {
        long now = nanos.getAsLong();
        return Math.min(now - (time == null ? start : time), now - awake);
    }
}
