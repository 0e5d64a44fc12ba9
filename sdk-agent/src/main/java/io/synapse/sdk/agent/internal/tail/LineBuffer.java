package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import io.synapse.sdk.internal.http.HttpStream;
import io.synapse.sdk.internal.http.MessageTooLargeException;
import java.io.IOException;
import java.time.Duration;

/** Takes lines out of bytes that arrive in pieces; each byte is looked at once. */
final class LineBuffer {
    /** The longest line: more memory than this is not given to one. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    /** A thousand quiet logs should not cost a thousand large buffers. */
    private static final int SMALL = 8 << 10;

    /** More is not kept for the lines to come. */
    private static final int MAX_KEPT = 256 << 10;

    private byte[] bytes = new byte[SMALL];

    /** What was received and not taken yet is between these two. */
    private int start;

    private int end;

    /** No newline is between {@link #start} and here. */
    private int searched;

    /** The line taken last. */
    private int from;

    private int length;

    byte[] bytes() {
        return bytes;
    }

    /** Where the line begins that {@link #next} has found, or what is left at the end. */
    int from() {
        return from;
    }

    /** How long it is without its end, which is {@code \n} or {@code \r\n}. */
    int length() {
        return length;
    }

    /** Goes to the next line, if the whole of it is here; else to what there is of it. */
    boolean next() {
        int newline = ByteSearch.indexOf(bytes, searched, end, '\n');
        from = start;
        if (newline < 0) {
            searched = end;
            length = end - start;
            return false;
        }
        boolean hasReturn = newline > from && bytes[newline - 1] == '\r';
        length = (hasReturn ? newline - 1 : newline) - from;
        start = newline + 1;
        searched = start;
        return true;
    }

    /**
     * Waits for more bytes.
     *
     * @return false at the end of the stream
     * @throws MessageTooLargeException when a line is longer than 16 MiB
     */
    boolean fill(HttpStream stream, Duration timeout) throws IOException {
        makeRoom();
        int received = stream.read(bytes, end, bytes.length - end, timeout);
        end += Math.max(received, 0);
        return received >= 0;
    }

    private void makeRoom() throws MessageTooLargeException {
        int begun = end - start;
        if (begun >= MAX_LINE_BYTES) {
            throw new MessageTooLargeException(MAX_LINE_BYTES);
        }
        if (end == bytes.length || begun == 0) {
            boolean isFull = begun > bytes.length / 2 || end == bytes.length && bytes.length < MAX_KEPT;
            int size = begun == 0 && bytes.length > MAX_KEPT ? SMALL : isFull ? 2 * bytes.length : bytes.length;
            byte[] target = size == bytes.length ? bytes : new byte[size];
            System.arraycopy(bytes, start, target, 0, begun);
            bytes = target;
            searched -= start;
            start = 0;
            end = begun;
        }
    }
}
