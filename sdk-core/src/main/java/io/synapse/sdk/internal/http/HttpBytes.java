package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An answer whose bytes are read as they come. Opened, read and closed by one thread at a time; aborted by any. */
public final class HttpBytes implements Closeable {
    private final HttpStream stream;
    private @Nullable BufferedSource source;

    /** The bytes of a stream that is not open yet. */
    public HttpBytes(HttpStream stream) {
        this.stream = stream;
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @throws ClientException when there was no answer, or an error
     */
    public void open() {
        source = stream.open();
    }

    /**
     * Waits for some more bytes.
     *
     * @param into where they are put, from its beginning
     * @param timeout the longest silence; after a {@link java.net.SocketTimeoutException} the answer is lost
     * @return how many there are; -1 at the end of the answer, which is a proper one
     * @throws IOException when the connection broke or was closed
     */
    public int read(byte[] into, Duration timeout) throws IOException {
        return body(timeout).read(into, 0, into.length);
    }

    /**
     * Passes over bytes.
     *
     * @param timeout as for {@link #read}
     * @return how many they were; fewer than asked for when the answer came to its end before, which is a proper one
     * @throws IOException when the connection broke or was closed
     */
    public long skip(long number, Duration timeout) throws IOException {
        BufferedSource body = body(timeout);
        Buffer passed = new Buffer();
        long skipped = 0;
        // not with the source's own skip, for which a connection that broke is as much an end as a proper one
        while (skipped < number) {
            long more = body.read(passed, number - skipped);
            if (more < 0) {
                break;
            }
            passed.clear();
            skipped += more;
        }
        return skipped;
    }

    /** What a failure of {@link #read} means. */
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

    private BufferedSource body(Duration timeout) throws IOException {
        BufferedSource body = source;
        if (body == null) {
            throw new IOException("the connection is not open");
        }
        stream.allowSilence(timeout);
        return body;
    }
}
