package io.synapse.sdk.internal.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many calls one server has at once, and how many more wait for it: first come, first served. Thread-safe; no lock
 * is held while a waiting call is told that it may go on.
 */
final class Bulkhead {
    private final int maxInFlight;
    private final int maxQueued;
    private final Deque<Place> queue = new ArrayDeque<>();
    private int inFlight;

    Bulkhead(int maxInFlight, int maxQueued) {
        this.maxInFlight = maxInFlight;
        this.maxQueued = maxQueued;
    }

    /**
     * Asks for a place.
     *
     * @param granted called when a place that had to be waited for is given, on the thread that gives it
     * @return a place, or one in the queue; null when the queue is full
     */
    synchronized @Nullable Place acquire(Runnable granted) {
        boolean free = inFlight < maxInFlight;
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

    synchronized boolean hasRoom() {
        return inFlight < maxInFlight;
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int queued() {
        return queue.size();
    }

    /** The next one that waits; it takes over the place of the one that ends. */
    private synchronized @Nullable Place next(Place ended) {
        if (ended.closed) {
            return null;
        }
        ended.closed = true;
        if (!ended.held) {
            queue.remove(ended);
            return null;
        }
        Place next = queue.poll();
        if (next == null) {
            inFlight--;
        } else {
            next.held = true;
        }
        return next;
    }

    /** A place at the server, or one in the queue. */
    final class Place implements AutoCloseable {
        private final Runnable granted;
        private volatile boolean held;
        private boolean closed;

        private Place(Runnable granted, boolean held) {
            this.granted = granted;
            this.held = held;
        }

        /** Whether the call may go on. */
        boolean isHeld() {
            return held;
        }

        int inFlight() {
            return Bulkhead.this.inFlight();
        }

        /** Gives the place to the next one that waits, or leaves the queue. Closing again does nothing. */
        @Override
        public void close() {
            Place next = next(this);
            if (next != null) {
                next.granted.run();
            }
        }
    }
}
