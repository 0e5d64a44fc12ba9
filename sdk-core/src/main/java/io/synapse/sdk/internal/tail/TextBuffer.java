package io.synapse.sdk.internal.tail;

import java.util.Arrays;

/** Bytes that are added at the end and taken away at the front. Small while there is little in it. */
final class TextBuffer {
    /** A thousand quiet logs should not cost a thousand large buffers. */
    private static final int SMALL = 4 << 10;

    /** More is not kept for what is to come. */
    private static final int MAX_KEPT = 512 << 10;

    private byte[] bytes = new byte[SMALL];

    /** What is between these two is in the buffer. */
    private int start;

    private int end;

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    void append(byte[] source, int from, int length) {
        if (bytes.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(source, from, bytes, end, length);
        end += length;
    }

    void append(char ascii) {
        if (end == bytes.length) {
            makeRoom(1);
        }
        bytes[end++] = (byte) ascii;
    }

    /** Takes bytes away at the front. */
    void remove(int length) {
        start += length;
        if (start == end) {
            clear();
        }
    }

    /** Takes bytes away at the end. */
    void truncate(int length) {
        end = start + length;
    }

    void clear() {
        start = 0;
        end = 0;
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[SMALL];
        }
    }

    private void makeRoom(int more) {
        int length = length();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(
                    Arrays.copyOfRange(bytes, start, end), Math.max(2 * bytes.length, Math.addExact(length, more)));
        } else {
            System.arraycopy(bytes, start, bytes, 0, length);
        }
        start = 0;
        end = length;
    }
}
