package io.synapse.sdk.internal.tail;

import java.nio.charset.StandardCharsets;

/**
 * How long text is in UTF-8. Half a surrogate pair at either end counts two bytes, so that text cut between the halves
 * adds up all the same.
 */
final class Utf8 {
    /** What invalid bytes become when they are decoded: how many there were is unknown then. */
    static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Bytes of a text. */
    static long length(String text) {
        // Encoding and throwing away is ten times faster than looking at each character: the JVM does it in bulk.
        return length(text, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a text that was encoded already. */
    static long length(String text, byte[] encoded) {
        if (text.isEmpty()) {
            return 0;
        }
        long bytes = encoded.length;
        bytes += Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
        return bytes + (Character.isHighSurrogate(text.charAt(text.length() - 1)) ? 1 : 0);
    }

    /** How many characters fit into so many bytes; a surrogate pair is not split. */
    static int charactersWithin(CharSequence text, long bytes) {
        long room = bytes;
        int end = 0;
        while (end < text.length() && size(text.charAt(end)) <= room) {
            room -= size(text.charAt(end));
            end++;
        }
        return wholeCharacters(text, end);
    }

    /** The same end, or one less when it would split a surrogate pair. */
    static int wholeCharacters(CharSequence text, int end) {
        boolean splits = end > 0
                && end < text.length()
                && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end));
        return splits ? end - 1 : end;
    }

    private static int size(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
