package io.synapse.sdk.internal.tail;

/** Where characters begin in UTF-8. */
final class Utf8 {
    private static final int LONGEST = 4;

    private Utf8() {}

    /** The same length, or a little less where it would cut a character in two. There must be a byte behind it. */
    static int wholeCharacters(byte[] text, int from, int length) {
        int end = length;
        while (end > 0 && length - end < LONGEST && (text[from + end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
