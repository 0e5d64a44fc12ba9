package io.synapse.sdk;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Events of a server, in order, up to the last one.
 *
 * <p>The stream is pulled: the connection is read on the thread that reads the stream, when it reads, and there is no
 * other thread. It can be read once. One thread reads; {@link #close()} may be called from any thread at any time.
 *
 * <p>The connection is made by the first read. A connection that cannot be made is tried again as the client's
 * {@link RetryPolicy} says; once the request may have reached the server, it is not sent again, except to continue. A
 * {@linkplain EventEndpoint#resumable() resumable} stream is continued after a cut, until 60 s, or the call timeout or
 * deadline of a view of the client, have passed without a new event, and delivers each event once. While reading, an
 * error is thrown after everything that came before it was delivered:
 *
 * <ul>
 *   <li>{@link StreamCutException}: the connection ended before the last event, or was silent for the read timeout, and
 *       the stream cannot be continued
 *   <li>{@link CallCancelledException}: the reading thread was interrupted, or the stream or the client was closed
 *   <li>any other {@link ClientException}: the request failed, before the first event
 *   <li>what the decoder of the {@link EventEndpoint} throws
 * </ul>
 *
 * @param <T> the type of the events
 */
public interface EventStream<T> extends Iterable<T>, AutoCloseable {
    /**
     * The events. {@code hasNext()} waits for the next one; it is false after the last. After {@link #close()} it
     * throws {@link CallCancelledException}.
     *
     * @throws IllegalStateException when the stream was read already
     */
    @Override
    Iterator<T> iterator();

    /**
     * The events as a sequential stream, as of {@link #iterator()}; closing it closes this stream.
     *
     * @throws IllegalStateException when the stream was read already
     */
    default Stream<T> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /**
     * Ends the stream and closes its connection at once. A thread that is reading gets a
     * {@link CallCancelledException}. Closing again does nothing.
     */
    @Override
    void close();
}
