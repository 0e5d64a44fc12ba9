package io.synapse.sdk.docker.internal.workspace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a stream, up to a limit. Memory is taken as they come. Not safe for use by several threads. */
final class LimitedBytes {
    private static final int FIRST_CAPACITY = 256;

    private final int limit;
    private byte[] bytes = {};
    private int size;

    LimitedBytes(int limit) {
        this.limit = limit;
    }

    /**
     * Keeps those for which there is room.
     *
     * @return how many
     */
    int add(byte[] source, int from, int length) {
        int kept = Math.min(length, limit - size);
        if (size + kept > bytes.length) {
            long doubled = Math.max(FIRST_CAPACITY, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(doubled, size + kept)));
        }
        System.arraycopy(source, from, bytes, size, kept);
        size += kept;
        return kept;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == limit;
    }

    /** Forgets them all. */
    void clear() {
        size = 0;
    }

    /** A copy. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** A copy of those between two indexes. */
    byte[] toArray(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The first of them as text, with a replacement for what is not UTF-8. */
    String text(int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
