package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;

/**
 * What text is when its line ends are left out, except for those at its very end: a server may frame its text in another
 * way the next time, and one way of framing keeps line ends where the other does not. A carriage return with its newline
 * is one line end, since one way may make a newline of both.
 */
final class LineContent {
    private long length;
    private int checksum;
    private long finalEnds;
    private byte last;
    private byte[] content = new byte[0];

    /** Bytes that are no line ends. */
    long length() {
        return length;
    }

    /** CRC-32C of these. */
    int checksum() {
        return checksum;
    }

    /** Line ends after the last of these. */
    long finalEnds() {
        return finalEnds;
    }

    /** The last byte of all. */
    byte last() {
        return last;
    }

    void append(byte[] bytes, int from, int length) {
        if (length == 0) {
            return;
        }
        if (content.length < length) {
            content = new byte[length];
        }
        int end = from + length;
        int size = 0;
        int tail = from;
        for (int at = from; at < end; ) {
            int lineEnd = ByteSearch.indexOfEither(bytes, at, end, '\n', '\r');
            int stop = lineEnd < 0 ? end : lineEnd;
            System.arraycopy(bytes, at, content, size, stop - at);
            size += stop - at;
            tail = stop > at ? stop : tail;
            at = stop + 1;
        }
        if (size > 0) {
            this.length += size;
            checksum = Checksum.append(checksum, content, 0, size);
            finalEnds = 0;
            last = bytes[tail - 1];
        }
        for (int at = tail; at < end; at++) {
            finalEnds += isSecondHalf(last, bytes[at]) ? 0 : 1;
            last = bytes[at];
        }
        if (content.length > 1 << 20) {
            content = new byte[0];
        }
    }

    static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** Whether a newline belongs to the carriage return before it. */
    static boolean isSecondHalf(byte before, byte b) {
        return before == '\r' && b == '\n';
    }
}
