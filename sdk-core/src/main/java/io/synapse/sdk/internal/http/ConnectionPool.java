package io.synapse.sdk.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that wait for the next request, the newest first. Has no thread of its own. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
    private static final int MAX_IDLE = 64;

    /** A server that closes connections does so sooner or later; what was used just now needs no look. */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How late a server may be to close a connection, or this client to notice. */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long maxIdleNanos;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /** The idle time after which the server was seen to close a connection; the longest there is if it was not. */
    private volatile long closedAfter = Long.MAX_VALUE;

    /**
     * A pool without connections.
     *
     * @param maxIdle how long a connection may wait; one that has waited for longer is not used
     */
    ConnectionPool(Duration maxIdle) {
        this.maxIdleNanos = maxIdle.toNanos();
    }

    /**
     * Takes a connection that the server has not closed, as far as can be seen; null when there is none.
     *
     * @param server where it leads
     * @param repeatable whether the request may be sent again, should the connection turn out to be dead after all
     */
    @Nullable
    HttpConnection take(BaseUrl server, boolean repeatable) {
        for (HttpConnection next = poll(server); next != null; next = poll(server)) {
            long unused = System.nanoTime() - next.idleSince();
            boolean trusted = repeatable && unused < TRUSTED_NANOS;
            if (unused < maxIdleNanos && !next.hasSurplus() && (trusted || !next.isDead())) {
                if (repeatable || !isAboutToBeClosed(unused) || anotherIsOpenForLonger(server)) {
                    return next;
                }
                restore(next);
                return null; // the others have waited for longer
            }
            sawClosed(next, unused);
        }
        return null;
    }

    /** A connection that was taken, and is of no use. */
    void discard(HttpConnection connection) {
        sawClosed(connection, System.nanoTime() - connection.idleSince());
    }

    private void sawClosed(HttpConnection connection, long unused) {
        closedAfter = Math.min(closedAfter, unused);
        connection.abort();
    }

    /** Whether the server may close a connection, idle for so long, while a request is on its way. */
    private boolean isAboutToBeClosed(long unused) {
        if (unused / 2 - MARGIN_NANOS > closedAfter) {
            closedAfter = Long.MAX_VALUE; // this one is open for longer: the server had another reason
        }
        return unused > closedAfter / 2 - MARGIN_NANOS;
    }

    /** Whether the oldest one is open for so long that the server had another reason to close that other one. */
    private boolean anotherIsOpenForLonger(BaseUrl server) {
        HttpConnection oldest = pollOldest(server);
        if (oldest == null) {
            return false;
        }
        boolean open = !oldest.isDead() && !isAboutToBeClosed(System.nanoTime() - oldest.idleSince());
        putBack(oldest);
        return open;
    }

    private void putBack(HttpConnection oldest) {
        synchronized (this) {
            if (!closed) {
                idle.addLast(oldest);
                return;
            }
        }
        oldest.abort();
    }

    /** Keeps a connection for the next request. */
    void give(HttpConnection connection) {
        connection.idleSince(System.nanoTime());
        restore(connection);
    }

    private void restore(HttpConnection connection) {
        long now = System.nanoTime();
        List<HttpConnection> surplus = new ArrayList<>(0);
        synchronized (this) {
            idle.addFirst(connection);
            while (!idle.isEmpty()
                    && (closed || idle.size() > MAX_IDLE || now - idle.getLast().idleSince() > maxIdleNanos)) {
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

    private synchronized @Nullable HttpConnection poll(BaseUrl server) {
        return poll(server, idle.iterator());
    }

    private synchronized @Nullable HttpConnection pollOldest(BaseUrl server) {
        return poll(server, idle.descendingIterator());
    }

    private static @Nullable HttpConnection poll(BaseUrl server, Iterator<HttpConnection> all) {
        while (all.hasNext()) {
            HttpConnection next = all.next();
            if (next.server().equals(server)) {
                all.remove();
                return next;
            }
        }
        return null;
    }
}
