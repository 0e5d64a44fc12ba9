package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trailers in a stream: a NUL, a random word and a blank, then text up to the end of its line. What comes before
 * is content. A stream is cut anywhere. Not thread-safe.
 */
final class TrailerScanner {
    private static final int MAX_TRAILER = 200;

    private final byte[] start;
    private final Receiver receiver;
    private byte[] held = {};
    private @Nullable ByteArrayOutputStream trailer;

    /** Takes what is found, in order. */
    interface Receiver {
        /** A piece of content; the array is not changed later. */
        void content(byte[] bytes, int offset, int length);

        /** The text of a trailer after the word. */
        void trailer(String text);
    }

    TrailerScanner(String word, Receiver receiver) {
        this.start = ('\0' + word + ' ').getBytes(StandardCharsets.US_ASCII);
        this.receiver = receiver;
    }

    void accept(byte[] piece) {
        byte[] bytes = joined(piece);
        int from = 0;
        while (from < bytes.length) {
            if (trailer != null) {
                from = readTrailer(bytes, from);
                continue;
            }
            int at = nextStart(bytes, from);
            if (at > from) {
                receiver.content(bytes, from, at - from);
            }
            if (at < bytes.length && bytes.length - at < start.length) {
                held = Arrays.copyOfRange(bytes, at, bytes.length); // the beginning of one, perhaps
                return;
            }
            if (at < bytes.length) {
                trailer = new ByteArrayOutputStream();
            }
            from = at + start.length;
        }
    }

    /** The rest, which is no trailer, when the stream has ended. */
    void end() {
        if (held.length > 0) {
            receiver.content(held, 0, held.length);
            held = new byte[0];
        }
    }

    private byte[] joined(byte[] piece) {
        if (held.length == 0) {
            return piece;
        }
        byte[] joined = Arrays.copyOf(held, held.length + piece.length);
        System.arraycopy(piece, 0, joined, held.length, piece.length);
        held = new byte[0];
        return joined;
    }

    /** Where a trailer starts, as far as can be seen; the length where none does. */
    private int nextStart(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                int length = Math.min(start.length, bytes.length - at);
                if (Arrays.equals(bytes, at, at + length, start, 0, length)) {
                    return at;
                }
            }
        }
        return bytes.length;
    }

    private int readTrailer(byte[] bytes, int from) {
        ByteArrayOutputStream text = Objects.requireNonNull(trailer);
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n' || text.size() == MAX_TRAILER) {
                trailer = null;
                receiver.trailer(text.toString(StandardCharsets.US_ASCII));
                return at + 1;
            }
            text.write(bytes[at]);
        }
        return bytes.length;
    }
}
