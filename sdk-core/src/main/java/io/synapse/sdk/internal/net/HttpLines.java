package io.synapse.sdk.internal.net;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An answer that is read line by line for as long as it lasts. Opened, read and closed by one thread at a time;
 * aborted by any. */
public final class HttpLines implements Closeable {
    /** The longest line: more memory than this is not given to one. */
    private static final long MAX_LINE_BYTES = 16 << 20;

    private final HttpStream stream;
    private @Nullable BufferedSource source;

    /** The lines of a stream that is not open yet. */
    public HttpLines(HttpStream stream) {
        this.stream = stream;
    }

    /**
     * A line, without its end ({@code \n} or {@code \r\n}).
     *
     * @param bytes what it holds
     * @param isWhole whether it had an end; a last one without may be half of one
     */
    public record Line(byte[] bytes, boolean isWhole) {}

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @throws ClientException when there was no answer, or an error
     */
    public void open() {
        source = stream.open();
    }

    /**
     * Waits for the next line; null at the end of the answer.
     *
     * @param timeout the longest silence; after a {@link java.net.SocketTimeoutException} the answer is lost
     * @throws MessageTooLargeException when a line is longer than 16 MiB
     * @throws IOException when the connection broke or was closed
     */
    public @Nullable Line next(Duration timeout) throws IOException {
        BufferedSource body = source;
        if (body == null) {
            throw new IOException("the connection is not open");
        }
        body.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        long end = body.indexOf((byte) '\n', 0, MAX_LINE_BYTES);
        if (end < 0) {
            return rest(body);
        }
        boolean hasReturn = end > 0 && body.getBuffer().getByte(end - 1) == '\r';
        byte[] bytes = body.readByteArray(hasReturn ? end - 1 : end);
        body.skip(hasReturn ? 2 : 1);
        return new Line(bytes, true);
    }

    /** What a failure of {@link #next} means. */
    public ClientException explain(IOException failure) {
        return stream.explain(failure);
    }

    /** Cuts the connection at once, from any thread; to be closed by the reader still. */
    public void abort() {
        stream.abort();
    }

    @Override
    public void close() {
        stream.close();
    }

    private static @Nullable Line rest(BufferedSource body) throws IOException {
        if (body.getBuffer().size() >= MAX_LINE_BYTES) {
            throw new MessageTooLargeException(MAX_LINE_BYTES);
        }
        return body.exhausted() ? null : new Line(body.readByteArray(), false);
    }
}
