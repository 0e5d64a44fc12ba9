package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) that is read by pulling: no threads, no callbacks, and a slow reader slows the server down. The
 * connection is made as for every call (proxy, TLS, redirects, time limits and errors); {@link WebSocketFrames} takes the
 * bytes apart. Pings are answered; none are sent, and no missing pong ends a connection, since the servers behind it do not
 * answer pings (wire/ray.md, section 0).
 *
 * <p>Opened, read and closed by one thread at a time; aborted by any.
 */
public final class WebSocketConnection implements Closeable {
    /** A thousand quiet logs should not cost a thousand large buffers. */
    private static final int FIRST_READ_SIZE = 8 << 10;

    private static final int MAX_READ_SIZE = 64 << 10;

    private final HttpStream stream;
    private final WebSocketFrames frames = new WebSocketFrames();
    private byte[] buffer = new byte[FIRST_READ_SIZE];

    WebSocketConnection(HttpStream stream) {
        this.stream = stream;
    }

    /**
     * Connects and shakes hands, all of it within the connect timeout and the read timeout.
     *
     * @throws ClientException when there was no answer, or another one than a WebSocket
     */
    public void open() {
        stream.open();
    }

    /**
     * Waits for the next event.
     *
     * @param timeout the longest time without a single byte, at least 1 ms; then {@link WebSocketEvent.Silence}
     * @throws MessageTooLargeException when the server sent a message above 16 MiB
     * @throws IOException when the connection broke or was closed
     */
    public WebSocketEvent next(Duration timeout) throws IOException {
        WebSocketEvent event = frames.next();
        while (event == null) {
            answer(); // to what was polled
            if (!receive(timeout)) {
                return new WebSocketEvent.Silence();
            }
            event = frames.next();
        }
        answer();
        return event;
    }

    /**
     * The next event if it is here already, else null; never waits.
     *
     * @throws MessageTooLargeException when the server sent a message above 16 MiB
     * @throws IOException when what came is not what a WebSocket sends
     */
    public @Nullable WebSocketEvent poll() throws IOException {
        return frames.next();
    }

    /** What a failure of {@link #next} means. */
    public ClientException explain(IOException failure) {
        return stream.explain(failure);
    }

    /** Closes the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        stream.abort();
    }

    /**
     * Sends a close frame and closes the connection, while nobody reads it. Does not wait for the reply: real servers give
     * none until there is more to send.
     */
    @Override
    public void close() {
        if (stream.isOpen()) {
            try {
                stream.write(frames.closeFrame());
            } catch (IOException e) {
                HttpTransport.LOG.debug("the connection was closed already", e);
            }
        }
        stream.close();
    }

    /** Reads some bytes, with those that are here already; false when none came in time. */
    private boolean receive(Duration timeout) throws IOException {
        int length;
        try {
            length = stream.read(buffer, 0, buffer.length, timeout);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (length < 0) {
            throw new EOFException("the server ended it without a close frame");
        }
        while (length < buffer.length && stream.available() > 0) {
            length += Math.max(0, stream.read(buffer, length, buffer.length - length, timeout));
        }
        frames.receive(buffer, length);
        if (length == buffer.length && length < MAX_READ_SIZE) {
            buffer = new byte[2 * length];
        }
        return true;
    }

    private void answer() throws IOException {
        for (byte[] answer = frames.answer(); answer != null; answer = frames.answer()) {
            stream.write(answer);
        }
    }
}
