package io.synapse.sdk.experiments.internal.device;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine at one moment. Ages are by the monotonic clock of the server; the clock of the machine is never asked.
 *
 * @param beat its last report
 * @param lastHeartbeat when that came, for readers
 * @param heard when that came, by the monotonic clock; null before the first since the server started
 * @param isDraining whether it is to get no more jobs
 */
public record Device(
        Heartbeat beat, String lastHeartbeat, @Nullable Long heard, boolean isDraining) {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration CURRENT = Duration.ofSeconds(15);
    private static final Duration STALE_AFTER = Duration.ofSeconds(30);
    private static final Duration DISCONNECTED_AFTER = Duration.ofSeconds(60);

    /** Its name. */
    public String host() {
        return beat.host();
    }

    /** {@code healthy}, {@code stale} or {@code disconnected} at this moment of the monotonic clock. */
    String status(long now) {
        if (isWithin(STALE_AFTER, now)) {
            return "healthy";
        }
        return isWithin(DISCONNECTED_AFTER, now) ? "stale" : "disconnected";
    }

    /** Whether its worker has reported just now, or has not had the time to since the start of the server. */
    boolean isCurrent(long now, long start) {
        return now - (heard == null ? start : heard) <= CURRENT.toNanos();
    }

    /** The GPUs that are idle by a report that is recent enough, but these. */
    List<Gpu> idleGpus(Set<Integer> held, long now) {
        return isWithin(FRESH, now)
                ? beat.gpus().stream()
                        .filter(gpu -> gpu.isIdle() && !held.contains(gpu.id()))
                        .toList()
                : List.of();
    }

    private boolean isWithin(Duration age, long now) {
        return heard != null && now - heard <= age.toNanos();
    }
}
