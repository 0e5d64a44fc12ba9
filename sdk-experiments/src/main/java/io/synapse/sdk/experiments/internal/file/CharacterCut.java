package io.synapse.sdk.experiments.internal.file;

/** Where bytes of UTF-8 can be cut without cutting a character. */
public final class CharacterCut {
    /** The most bytes of a character. */
    static final int LONGEST = 4;

    private CharacterCut() {}

    /** How many of the bytes make whole characters; all of them when they are no UTF-8. */
    public static int whole(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(LONGEST, length); back++) {
            int first = bytes[length - back] & 0xff;
            if (first < 0x80) {
                return length;
            }
            if (first >= 0xc0) {
                int needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
                return back < needed ? length - back : length;
            }
        }
        return length;
    }
}
