package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** An answer whose bytes are read as they come. Opened, read and closed by one thread at a time; aborted by any. */
public final class HttpBytes implements Closeable {
    private final HttpStream stream;

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
        stream.open();
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
        return stream.read(into, 0, into.length, timeout);
    }

    /**
     * Passes over bytes.
     *
     * @param timeout as for {@link #read}
     * @return how many they were; fewer than asked for when the answer came to its end before, which is a proper one
     * @throws IOException when the connection broke or was closed
     */
    public long skip(long number, Duration timeout) throws IOException {
        byte[] passed = new byte[64 << 10];
        long skipped = 0;
        while (skipped < number) {
            int more = stream.read(passed, 0, (int) Math.min(passed.length, number - skipped), timeout);
            if (more < 0) {
                break;
            }
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
}
