package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read line by line for as long as it lasts. Opened, read and closed by one thread at a time; aborted
 * by any.
 */
public final class HttpLines implements Closeable {
    /** The longest line: more memory than this is not given to one. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    private static final int FIRST_SIZE = 16 << 10;

    private final HttpStream stream;

    /** What was received; those between {@link #start} and {@link #end} are still to be given out. */
    private byte[] bytes = new byte[FIRST_SIZE];

    private int start;
    private int end;

    /** No newline is between {@link #start} and here. */
    private int searched;

    /** The lines of a stream that is not open yet. */
    public HttpLines(HttpStream stream) {
        this.stream = stream;
    }

    /**
     * A line, without its end ({@code \n} or {@code \r\n}). Its bytes are only lent, until the next is asked for.
     *
     * @param bytes what holds it
     * @param from where it begins
     * @param length how long it is
     * @param isWhole whether it had an end; a last one without may be half of one
     */
    public record Line(byte[] bytes, int from, int length, boolean isWhole) {}

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @throws ClientException when there was no answer, or an error
     */
    public void open() {
        stream.open();
    }

    /**
     * Waits for the next line; null at the end of the answer.
     *
     * @param timeout the longest silence; after a {@link java.net.SocketTimeoutException} the answer is lost
     * @throws MessageTooLargeException when a line is longer than 16 MiB
     * @throws IOException when the connection broke or was closed
     */
    public @Nullable Line next(Duration timeout) throws IOException {
        Line line = poll();
        while (line == null) {
            if (!receive(timeout)) {
                return rest();
            }
            line = poll();
        }
        return line;
    }

    /** The next line if the whole of it is here already, else null; never waits. */
    public @Nullable Line poll() {
        int newline = ByteSearch.indexOf(bytes, searched, end, '\n');
        if (newline < 0) {
            searched = end;
            return null;
        }
        int from = start;
        boolean hasReturn = newline > from && bytes[newline - 1] == '\r';
        start = newline + 1;
        searched = start;
        return new Line(bytes, from, (hasReturn ? newline - 1 : newline) - from, true);
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

    /** Receives some bytes; false at the end of the answer. */
    private boolean receive(Duration timeout) throws IOException {
        makeRoom();
        int received = stream.read(bytes, end, bytes.length - end, timeout);
        end += Math.max(received, 0);
        return received >= 0;
    }

    private void makeRoom() throws MessageTooLargeException {
        int begun = end - start;
        if (begun == bytes.length) {
            if (begun >= MAX_LINE_BYTES) {
                throw new MessageTooLargeException(MAX_LINE_BYTES);
            }
            bytes = Arrays.copyOf(bytes, 2 * begun);
        } else {
            System.arraycopy(bytes, start, bytes, 0, begun);
        }
        searched -= start;
        start = 0;
        end = begun;
    }

    private @Nullable Line rest() {
        int from = start;
        start = end;
        return from == end ? null : new Line(bytes, from, end - from, false);
    }
}
