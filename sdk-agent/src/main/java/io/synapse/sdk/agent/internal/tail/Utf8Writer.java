package io.synapse.sdk.agent.internal.tail;

import java.util.Arrays;

/**
 * Writes UTF-8 of bytes and UTF-16 units. The first half of a character at the end of what was written waits for its
 * second half, which may be in the next piece of text.
 */
final class Utf8Writer {
    /** More is not kept for what is to come. */
    private static final int MAX_KEPT = 512 << 10;

    private static final char REPLACEMENT = '\uFFFD';

    private byte[] bytes = new byte[256];
    private int length;
    private char firstHalf;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The first half of a character that waits for the second; 0 for none. */
    char half() {
        return firstHalf;
    }

    /** Begins anew, with half a character or none. */
    void begin(char half) {
        firstHalf = half;
        length = 0;
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[256];
        }
    }

    void write(byte one) {
        endCharacter(1);
        bytes[length++] = one;
    }

    void write(byte[] source, int from, int number) {
        if (number > 0) {
            endCharacter(number);
            System.arraycopy(source, from, bytes, length, number);
            length += number;
        }
    }

    void write(char unit) {
        if (firstHalf != 0 && Character.isLowSurrogate(unit)) {
            int character = Character.toCodePoint(firstHalf, unit);
            firstHalf = 0;
            makeRoom(4);
            put(0xF0 | character >> 18, character >> 12, character >> 6, character);
            return;
        }
        endCharacter(3);
        if (Character.isHighSurrogate(unit)) {
            firstHalf = unit;
        } else {
            writeWhole(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
        }
    }

    private void writeWhole(char unit) {
        makeRoom(3);
        if (unit < 0x80) {
            bytes[length++] = (byte) unit;
        } else if (unit < 0x800) {
            put(0xC0 | unit >> 6, unit);
        } else {
            put(0xE0 | unit >> 12, unit >> 6, unit);
        }
    }

    private void put(int lead, int... continuations) {
        bytes[length++] = (byte) lead;
        for (int bits : continuations) {
            bytes[length++] = (byte) (0x80 | bits & 0x3F);
        }
    }

    /** A half whose other half does not come is no character. */
    private void endCharacter(int more) {
        if (firstHalf != 0) {
            firstHalf = 0;
            writeWhole(REPLACEMENT);
        }
        makeRoom(more);
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
