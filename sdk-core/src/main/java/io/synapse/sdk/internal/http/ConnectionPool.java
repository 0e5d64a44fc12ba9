package io.synapse.sdk.internal.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that wait for the next request, the newest first. Has no thread of its own. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
    private static final int MAX_IDLE = 64;
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A server that closes connections does so sooner or later; what was used just now needs no look. */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes a connection that the server has not closed, as far as can be seen; null when there is none.
     *
     * @param repeatable whether the request may be sent again, should the connection turn out to be dead after all
     */
    @Nullable
    HttpConnection take(boolean repeatable) {
        for (HttpConnection next = poll(); next != null; next = poll()) {
            long unused = System.nanoTime() - next.idleSince();
            boolean trusted = repeatable && unused < TRUSTED_NANOS;
            if (unused < MAX_IDLE_NANOS && !next.hasSurplus() && (trusted || !next.isDead())) {
                return next;
            }
            next.abort();
        }
        return null;
    }

    /** Keeps a connection for the next request. */
    void give(HttpConnection connection) {
        long now = System.nanoTime();
        connection.idleSince(now);
        List<HttpConnection> surplus = new ArrayList<>(0);
        synchronized (this) {
            idle.addFirst(connection);
            while (!idle.isEmpty()
                    && (closed || idle.size() > MAX_IDLE || now - idle.getLast().idleSince() > MAX_IDLE_NANOS)) {
                surplus.add(idle.removeLast());
            }
        }
        surplus.forEach(HttpConnection::abort);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Closes what waits, and what is given back from now on. */
    @Override
    public void close() {
        List<HttpConnection> waiting;
        synchronized (this) {
            closed = true;
            waiting = new ArrayList<>(idle);
            idle.clear();
        }
        waiting.forEach(HttpConnection::abort);
    }

    private synchronized @Nullable HttpConnection poll() {
        return idle.pollFirst();
    }
}
