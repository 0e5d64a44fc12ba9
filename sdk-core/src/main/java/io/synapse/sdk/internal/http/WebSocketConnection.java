package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Response;
import okio.Buffer;
import okio.Socket;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is read by pulling: no threads, no callbacks, and a slow reader slows the server down. The HTTP
 * library connects (proxy, TLS, host name, redirects, time limits and errors are those of every call) and hands over
 * its socket; {@link WebSocketFrames} does the rest. Pings are answered; none are sent, and no missing pong ends a
 * connection, since the servers behind it do not answer pings (wire/ray.md, section 0).
 *
 * <p>Opened, read and closed by one thread at a time; aborted by any.
 */
public final class WebSocketConnection implements Closeable {
    /** A thousand quiet logs should not cost a thousand large buffers. */
    private static final int FIRST_READ_SIZE = 8 << 10;

    private static final int MAX_READ_SIZE = 64 << 10;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Call call;
    private final CallProgress progress;
    private final WebSocketHandshake handshake;
    private final AnswerFailures failures;
    private final WebSocketFrames frames;
    private final Buffer received = new Buffer();
    private int readSize = FIRST_READ_SIZE;
    private @Nullable Response upgrade;
    private volatile @Nullable Socket socket;
    private java.net.@Nullable Socket rawSocket;

    WebSocketConnection(HttpTransport transport, Call call, CallProgress progress, WebSocketHandshake handshake) {
        this.call = call;
        this.progress = progress;
        this.handshake = handshake;
        this.frames = new WebSocketFrames(handshake.frames());
        this.failures = new AnswerFailures(
                transport, call, progress, transport.settings().readTimeout(), Duration.ZERO);
    }

    /**
     * Connects and shakes hands, within the connect timeout and the read timeout.
     *
     * @throws ClientException when there was no answer, or another one than a WebSocket
     */
    public void open() {
        try {
            Response answer = call.execute();
            if (answer.code() != SWITCHING_PROTOCOLS) {
                try (answer) {
                    throw answer.isSuccessful()
                            ? refused(answer)
                            : failures.ofAnswer(answer).exception(1);
                }
            }
            Socket upgraded = answer.socket();
            if (upgraded == null || !handshake.isAcceptedBy(answer.headers())) {
                call.cancel();
                throw refused(answer);
            }
            upgrade = answer;
            takeOver(upgraded);
        } catch (IOException e) {
            throw failures.ofIOException(e).exception(1);
        }
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
        Response answer = upgrade;
        return failure instanceof MessageTooLargeException tooLarge && answer != null
                ? failures.unexpected(answer, tooLarge.why(), failure).exception(1)
                : failures.ofIOException(failure).exception(1);
    }

    /** Cuts the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        call.cancel();
    }

    /**
     * Says goodbye to the server and closes the connection, while nobody reads it. Does not wait for the reply: real
     * servers give none until there is more to send.
     */
    @Override
    public synchronized void close() {
        Socket open = socket;
        if (open == null) {
            call.cancel();
            return;
        }
        socket = null;
        if (!call.isCanceled()) {
            quietly(() -> send(open, frames.goodbye()));
        }
        call.cancel();
        quietly(open.getSource()); // gives the call back to the library
        quietly(open.getSink());
    }

    /** A connection that is broken already is closed all the same. */
    private void quietly(Closeable step) {
        try {
            step.close();
        } catch (IOException e) {
            call.cancel();
        }
    }

    private void takeOver(Socket upgraded) throws IOException {
        Connection connection = progress.connection();
        if (connection == null) {
            throw new IOException("the connection is gone");
        }
        rawSocket = connection.socket();
        rawSocket.setTcpNoDelay(true);
        upgraded.getSource().timeout().clearTimeout(); // it would close the socket; the raw socket's leaves it open
        socket = upgraded;
    }

    /** Reads some bytes; false when none came in time. */
    private boolean receive(Duration timeout) throws IOException {
        Socket open = socket;
        if (open == null || rawSocket == null) {
            throw new IOException("the connection is not open");
        }
        int millis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        if (rawSocket.getSoTimeout() != millis) {
            rawSocket.setSoTimeout(millis);
        }
        try {
            fill(open.getSource(), rawSocket);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (received.size() >= readSize && readSize < MAX_READ_SIZE) {
            readSize *= 2;
        }
        frames.receive(received);
        return true;
    }

    /** Waits for some bytes and takes those along that are here already: a frame cut in two costs more than a whole one. */
    private void fill(Source source, java.net.Socket raw) throws IOException {
        if (source.read(received, readSize) == -1) {
            throw new EOFException("the server ended it without a close frame");
        }
        InputStream arrived = raw.getInputStream();
        while (received.size() < readSize && arrived.available() > 0) {
            source.read(received, readSize - received.size());
        }
    }

    private void answer() throws IOException {
        Socket open = socket;
        for (byte[] answer = frames.answer(); answer != null && open != null; answer = frames.answer()) {
            send(open, answer);
        }
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getSink().write(new Buffer().write(bytes), bytes.length);
        socket.getSink().flush();
    }

    private ClientException refused(Response answer) {
        return failures.unexpected(answer, "that is not a WebSocket", null).exception(1);
    }
}
