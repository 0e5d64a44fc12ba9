package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.AttemptTimeout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The time limits of attempts, each operation's by how long its attempts took. Thread-safe. */
final class AttemptLimits {
    private static final double FACTOR = 1.5;
    private static final double PERCENTILE = 0.95;
    private static final int WINDOW = 100;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final int FEWEST = 10;

    /** Operations that a program makes up as it runs do not adapt beyond these, so that memory is bounded. */
    private static final int MAX_OPERATIONS = 1_000;

    private final AttemptTimeout timeout;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    AttemptLimits(AttemptTimeout timeout) {
        this.timeout = timeout;
    }

    /** The limit of an attempt now, in nanoseconds. */
    long nanos(String operation) {
        long base = nanos(timeout.base());
        Window window = windows.get(operation);
        long usual = window == null ? -1 : window.percentile();
        if (usual < 0) {
            return base;
        }
        long most = Math.min(nanos(timeout.max()), base > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * base);
        return Math.max(nanos(timeout.min()), (long) Math.min(FACTOR * usual, most));
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** An attempt took so long, or would have taken longer than its limit. */
    void observe(String operation, long tookNanos) {
        if (!timeout.isAdaptive()) {
            return;
        }
        Window window = windows.get(operation);
        if (window == null && windows.size() < MAX_OPERATIONS) {
            window = windows.computeIfAbsent(operation, name -> new Window());
        }
        if (window != null) {
            window.add(tookNanos);
        }
    }

    /** The last durations, which are also kept in order: a percentile is asked for before each attempt. */
    private static final class Window {
        private final long[] last = new long[WINDOW];
        private final long[] sorted = new long[WINDOW];
        private int known;
        private int next;

        synchronized void add(long nanos) {
            if (known == WINDOW) {
                remove(last[next]);
            }
            last[next] = nanos;
            next = (next + 1) % WINDOW;
            insert(nanos);
        }

        private void remove(long nanos) {
            int place = Arrays.binarySearch(sorted, 0, known, nanos);
            known--;
            System.arraycopy(sorted, place + 1, sorted, place, known - place);
        }

        private void insert(long nanos) {
            int found = Arrays.binarySearch(sorted, 0, known, nanos);
            int place = found < 0 ? -found - 1 : found;
            System.arraycopy(sorted, place, sorted, place + 1, known - place);
            sorted[place] = nanos;
            known++;
        }

        /** The 95th percentile; -1 where there are too few. */
        synchronized long percentile() {
            return known < FEWEST ? -1 : sorted[Math.min((int) (PERCENTILE * known), known - 1)];
        }
    }
}
