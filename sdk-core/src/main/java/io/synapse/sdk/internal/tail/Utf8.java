package io.synapse.sdk.internal.tail;

/**
 * How long text is in UTF-8, without encoding it. Each half of a surrogate pair counts two bytes, so that text cut
 * between them adds up all the same.
 */
final class Utf8 {
    /** What invalid bytes become when they are decoded: how many there were is unknown then. */
    static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Bytes of a text. */
    static long length(CharSequence text) {
        return length(text, 0, text.length());
    }

    /** Bytes of a part of a text. */
    static long length(CharSequence text, int from, int to) {
        long bytes = to - from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += size(c) - 1;
            }
        }
        return bytes;
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
