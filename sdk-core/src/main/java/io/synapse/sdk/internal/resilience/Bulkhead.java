package io.synapse.sdk.internal.resilience;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many calls one server has at once, and how many more wait for it: first come, first served. One bulkhead may stand
 * before another: its places are then places of both. Thread-safe; no lock is held while a waiting call is told that it
 * may go on.
 */
final class Bulkhead {
    private final InFlightLimit limit;
    private final int maxQueued;
    private final @Nullable Bulkhead behind;
    private final Deque<Place> queue = new ArrayDeque<>();
    private int inFlight;

    /**
     * A bulkhead.
     *
     * @param behind another one, whose queue has no limit; null for none. It is asked only by who has a place here, so
     *     that calls never wait for one another
     */
    Bulkhead(InFlightLimit limit, int maxQueued, @Nullable Bulkhead behind) {
        this.limit = limit;
        this.maxQueued = maxQueued;
        this.behind = behind;
    }

    /**
     * Asks for a place.
     *
     * @param granted called when a place that had to be waited for is given, on the thread that gives it
     * @return a place, or one in the queue; null when the queue is full
     */
    @Nullable
    Place acquire(Runnable granted) {
        Place place = enter(granted);
        if (place != null) {
            place.goOn();
        }
        return place;
    }

    private synchronized @Nullable Place enter(Runnable granted) {
        boolean free = inFlight < limit.maxInFlight();
        if (!free && queue.size() >= maxQueued) {
            return null;
        }
        Place place = new Place(granted, free);
        if (free) {
            inFlight++;
        } else {
            queue.add(place);
        }
        return place;
    }

    boolean hasRoom() {
        synchronized (this) {
            if (inFlight >= limit.maxInFlight()) {
                return false;
            }
        }
        return behind == null || behind.hasRoom();
    }

    synchronized int inFlight() {
        return inFlight;
    }

    /** How many wait, here or at the bulkhead behind. */
    int queued() {
        int further = behind == null ? 0 : behind.queued();
        synchronized (this) {
            return queue.size() + further;
        }
    }

    /** Those that need not wait any more. */
    private synchronized List<Place> leave(Place ended) {
        if (!ended.held) {
            queue.remove(ended);
            return List.of();
        }
        inFlight--;
        List<Place> next = new ArrayList<>(1);
        while (!queue.isEmpty() && inFlight < limit.maxInFlight()) {
            Place first = queue.remove();
            first.held = true;
            inFlight++;
            next.add(first);
        }
        return next;
    }

    /** A place at the server, or one in the queue. */
    final class Place implements AutoCloseable {
        private final Runnable granted;
        private volatile boolean held;
        private volatile @Nullable Place further;
        private boolean closed;

        private Place(Runnable granted, boolean held) {
            this.granted = granted;
            this.held = held;
        }

        /** Whether the call may go on. */
        boolean isHeld() {
            Place next = further;
            return held && (behind == null || next != null && next.isHeld());
        }

        int inFlight() {
            Place next = further;
            return next == null ? Bulkhead.this.inFlight() : next.inFlight();
        }

        /** Asks for the place behind this one, once this one is held. */
        private synchronized void goOn() {
            if (held && !closed && behind != null) {
                further = behind.acquire(granted);
            }
        }

        /** Gives the place to the next one that waits, or leaves the queue. Closing again does nothing. */
        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            Place behindThis = further;
            if (behindThis != null) {
                behindThis.close();
            }
            for (Place next : leave(this)) {
                next.goOn();
                if (next.isHeld()) {
                    next.granted.run();
                }
            }
        }
    }
}
