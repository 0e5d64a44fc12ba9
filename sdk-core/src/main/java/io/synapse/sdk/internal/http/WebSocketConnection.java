package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
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
    private static final int SWITCHING_PROTOCOLS = 101;

    /** RFC 6455, section 1.3. */
    private static final String HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpAttempt attempt;
    private final AttemptFailures failures;
    private final String key;
    private final WebSocketFrames frames = new WebSocketFrames();
    private byte[] buffer = new byte[FIRST_READ_SIZE];
    private @Nullable ClassicHttpResponse upgrade;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    WebSocketConnection(HttpAttempt attempt, String key) {
        this.attempt = attempt;
        this.failures = new AttemptFailures(attempt);
        this.key = key;
    }

    static String newKey() {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** The headers that ask for a WebSocket (RFC 6455, section 4.1); no extensions are offered. */
    static Map<String, String> handshake(String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Key", key);
        headers.put("Sec-WebSocket-Version", "13");
        return headers;
    }

    /**
     * Connects and shakes hands, all of it within the connect timeout and the read timeout.
     *
     * @throws ClientException when there was no answer, or another one than a WebSocket
     */
    public void open() {
        try {
            ClassicHttpResponse answer = attempt.open();
            if (answer.getCode() >= 300) {
                throw failures.ofAnswer(answer).exception(1);
            }
            if (answer.getCode() != SWITCHING_PROTOCOLS || !isAccepted(answer)) {
                throw failures.unexpected(answer, "that is not a WebSocket", null)
                        .exception(1);
            }
            upgrade = answer;
            output = attempt.connection().output();
            input = attempt.body();
        } catch (IOException e) {
            throw failures.ofIOException(e).exception(1);
        } finally {
            if (input == null) {
                attempt.close();
            }
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
        ClassicHttpResponse answer = upgrade;
        return failure instanceof MessageTooLargeException tooLarge && answer != null
                ? failures.unexpected(answer, tooLarge.why(), failure).exception(1)
                : failures.ofIOException(failure).exception(1);
    }

    /** Closes the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        attempt.abort();
    }

    /**
     * Sends a close frame and closes the connection, while nobody reads it. Does not wait for the reply: real servers give
     * none until there is more to send.
     */
    @Override
    public void close() {
        OutputStream open = output;
        output = null;
        if (open != null && !attempt.isAborted()) {
            try {
                open.write(frames.closeFrame());
                open.flush();
            } catch (IOException e) {
                HttpTransport.LOG.debug("the connection was closed already", e);
            }
        }
        attempt.close();
    }

    private boolean isAccepted(ClassicHttpResponse answer) {
        Header upgraded = answer.getFirstHeader("Upgrade");
        Header accepted = answer.getFirstHeader("Sec-WebSocket-Accept");
        return upgraded != null
                && upgraded.getValue().strip().equalsIgnoreCase("websocket")
                && accepted != null
                && accepted.getValue().strip().equals(expectedAccept());
    }

    /** RFC 6455, section 4.2.2. */
    private String expectedAccept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + HANDSHAKE_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    /** Reads some bytes, with those that are here already; false when none came in time. */
    private boolean receive(Duration timeout) throws IOException {
        InputStream open = input;
        if (open == null) {
            throw new IOException("the connection is not open");
        }
        attempt.limitSilence(timeout);
        int length;
        try {
            length = open.read(buffer, 0, buffer.length);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (length < 0) {
            throw new EOFException("the server ended it without a close frame");
        }
        InputStream arrived = attempt.connection().socket().getInputStream();
        while (length < buffer.length && arrived.available() > 0) {
            length += Math.max(0, open.read(buffer, length, buffer.length - length));
        }
        frames.receive(buffer, length);
        if (length == buffer.length && length < MAX_READ_SIZE) {
            buffer = new byte[2 * length];
        }
        return true;
    }

    private void answer() throws IOException {
        OutputStream open = output;
        for (byte[] answer = frames.answer(); answer != null && open != null; answer = frames.answer()) {
            open.write(answer);
            open.flush();
        }
    }
}
