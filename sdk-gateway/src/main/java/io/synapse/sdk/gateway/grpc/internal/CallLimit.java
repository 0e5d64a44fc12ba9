package io.synapse.sdk.gateway.grpc.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How many calls one service has at once, and how many more wait for it: first come, first served. Thread-safe; no lock
 * is held while a waiting call is told that it may go on.
 */
final class CallLimit {
    private final int maxInFlight;
    private final int maxQueued;
    private final Deque<Permit> queue = new ArrayDeque<>();
    private int inFlight;

    CallLimit(int maxInFlight, int maxQueued) {
        this.maxInFlight = maxInFlight;
        this.maxQueued = maxQueued;
    }

    /**
     * Asks for a permit.
     *
     * @param granted called later, on the thread that gives the permit, unless the permit is {@link Permit#immediate()}
     * @return the permit or the place in the queue; empty when the queue is full
     */
    synchronized Optional<Permit> acquire(Runnable granted) {
        if (inFlight < maxInFlight) {
            inFlight++;
            return Optional.of(new Permit(granted, true));
        }
        if (queue.size() >= maxQueued) {
            return Optional.empty();
        }
        Permit permit = new Permit(granted, false);
        queue.add(permit);
        return Optional.of(permit);
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int queued() {
        return queue.size();
    }

    /** The next one that waits; it takes over the permit of the one that ends. */
    private synchronized Optional<Permit> next(Permit ended) {
        if (ended.closed) {
            return Optional.empty();
        }
        ended.closed = true;
        if (!ended.held) {
            queue.remove(ended);
            return Optional.empty();
        }
        Permit next = queue.poll();
        if (next == null) {
            inFlight--;
            return Optional.empty();
        }
        next.held = true;
        return Optional.of(next);
    }

    /** A permit, or a place in the queue for one. */
    final class Permit implements AutoCloseable {
        private final Runnable granted;
        private final boolean immediate;
        private boolean held;
        private boolean closed;

        private Permit(Runnable granted, boolean held) {
            this.granted = granted;
            this.immediate = held;
            this.held = held;
        }

        /** Whether there was no need to wait. */
        boolean immediate() {
            return immediate;
        }

        /** Gives the permit to the next one that waits, or leaves the queue. Closing again does nothing. */
        @Override
        public void close() {
            next(this).ifPresent(next -> next.granted.run());
        }
    }
}
