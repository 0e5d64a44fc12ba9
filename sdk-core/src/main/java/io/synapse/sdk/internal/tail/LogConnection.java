package io.synapse.sdk.internal.tail;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** An open connection that a log comes through. Read by one thread; closed by any. */
public interface LogConnection extends Closeable {
    /**
     * Waits for the next event and returns it; {@link LogEvent.End} when the server has ended the connection in an
     * orderly way, which proves nothing about the log.
     *
     * @param idleTimeout the longest silence; then a {@link java.net.SocketTimeoutException}
     * @throws IOException when the connection broke, was closed, or went silent
     */
    LogEvent next(Duration idleTimeout) throws IOException;

    /** Closes the connection at once, from any thread; a thread that waits in {@link #next} gets an IOException. */
    @Override
    void close();
}
