package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

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
     * Waits for at least one event and gives the sink all that are here by then. An exception may come after some were
     * given; they count.
     *
     * @param timeout the longest silence
     * @throws java.net.SocketTimeoutException when nothing came in that time; the connection is as good as before
     * @throws io.synapse.sdk.internal.http.MessageTooLargeException when the server sent more in one piece than we take
     * @throws IOException when the connection broke or was closed, and what the sink throws
     */
    void read(Duration timeout, LogSink sink) throws IOException;

    /** What a failure of {@link #read} means. */
    ClientException explain(IOException failure);

    /** Cuts the connection at once, from any thread; one that waits in it gets an exception, and closes it then. */
    void abort();

    /** Closes the connection, while nobody waits in it. Closing again does nothing. */
    @Override
    void close();
}
