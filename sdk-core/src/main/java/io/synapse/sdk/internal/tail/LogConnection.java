package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that a log comes through. Opened, read and closed by one thread at a time; aborted by any. */
public interface LogConnection extends Closeable {
    /**
     * Connects, within the client's connect and read timeouts.
     *
     * @return false when the log has not begun yet: there is nothing to read, now
     * @throws ClientException when there was no answer, or an error; with what the server said
     */
    boolean open();

    /**
     * Whether the server ends it when the job is over. If not, it is cut then, and another connection brings the rest
     * and the end.
     */
    default boolean endsWithJob() {
        return true;
    }

    /**
     * Waits for the next event.
     *
     * @param timeout the longest silence; then {@link LogEvent.Silence} when the connection is as good as before, or a
     *     {@link java.net.SocketTimeoutException} when it is not
     * @throws io.synapse.sdk.internal.http.MessageTooLargeException when the server sent more in one piece than we take
     * @throws IOException when the connection broke or was closed
     */
    LogEvent next(Duration timeout) throws IOException;

    /**
     * The next event if it is here already, else null; never waits.
     *
     * @throws IOException as {@link #next}
     */
    default @Nullable LogEvent poll() throws IOException {
        return null;
    }

    /** What a failure of {@link #next} means. */
    ClientException explain(IOException failure);

    /** Cuts the connection at once, from any thread; one that waits in it gets an exception, and closes it then. */
    void abort();

    /** Closes the connection, while nobody waits in it. Closing again does nothing. */
    @Override
    void close();
}
