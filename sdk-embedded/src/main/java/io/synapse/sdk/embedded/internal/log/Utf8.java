package io.synapse.sdk.embedded.internal.log;

/**
 * Finds out where characters begin and end in bytes that may or may not be UTF-8 (RFC 3629). What is none is taken in
 * the same portions as the JDK's decoder takes it, one replacement character for each: whoever cuts between portions
 * gets the same text as whoever does not cut.
 */
final class Utf8 {
    /** The bytes end in the middle of what may become a character. */
    static final int INCOMPLETE = 0;

    private Utf8() {}

    /**
     * The length of the character that begins here: 1 to 4; negative, minus the number of bytes, for bytes that belong
     * to none and are replaced as one; or {@link #INCOMPLETE}.
     */
    static int lengthAt(byte[] bytes, int from, int to) {
        int first = bytes[from] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xc2 && first < 0xe0
                ? 2
                : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : -1;
        for (int i = 1; i < length; i++) {
            if (from + i == to) {
                return INCOMPLETE;
            }
            if (!continues(first, i, bytes[from + i] & 0xff)) {
                return -i;
            }
        }
        return isSurrogate(first, bytes, from) ? -length : length;
    }

    /** Half of a pair of UTF-16 is no character, but has the form of one, and is replaced as one. */
    private static boolean isSurrogate(int first, byte[] bytes, int from) {
        return first == 0xed && (bytes[from + 1] & 0xff) > 0x9f;
    }

    /** The second byte's range depends on the first: no overlong forms, nothing above U+10FFFF. */
    private static boolean continues(int first, int index, int next) {
        int low = index > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = index == 1 && first == 0xf4 ? 0x8f : 0xbf;
        return next >= low && next <= high;
    }
}
