package io.synapse.sdk.embedded.internal.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The connections on which nobody has shown the token yet. They have a time limit, and a shorter one while there are many,
 * so that a stranger cannot use up the file descriptors of this process. Thread-safe.
 */
final class NewConnections implements Connection.Listener {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT_OF_MANY = Duration.ofSeconds(2);
    private static final int MOST = 256;
    private static final int LEAST = 8;
    private static final int SHARE = 4;

    private final Scheduler scheduler;
    private final int many = many();
    private final Map<EndPoint, Scheduler.Task> connections = new HashMap<>();

    NewConnections(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A quarter of the file descriptors that are free at the start, from 8 to 256. */
    private static int many() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.max(
                        LEAST,
                        Math.min(
                                MOST,
                                (system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()) / SHARE))
                : MOST;
    }

    @Override
    public synchronized void onOpened(Connection connection) {
        if (connection instanceof Connection.UpgradeFrom) { // not a WebSocket, which has been accepted already
            EndPoint endPoint = connection.getEndPoint();
            connections.put(endPoint, schedule(() -> closeIfMany(endPoint), LIMIT_OF_MANY));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        accept(connection.getEndPoint());
    }

    /** The token was shown on this connection: it is no longer watched. */
    synchronized void accept(EndPoint endPoint) {
        Scheduler.Task limit = connections.remove(endPoint);
        if (limit != null) {
            limit.cancel();
        }
    }

    private synchronized void closeIfMany(EndPoint endPoint) {
        if (connections.size() > many) {
            close(endPoint);
        } else if (connections.containsKey(endPoint)) {
            connections.put(endPoint, schedule(() -> close(endPoint), LIMIT.minus(LIMIT_OF_MANY)));
        }
    }

    private synchronized void close(EndPoint endPoint) {
        if (connections.remove(endPoint) != null) {
            endPoint.close();
        }
    }

    private Scheduler.Task schedule(Runnable task, Duration delay) {
        return scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
