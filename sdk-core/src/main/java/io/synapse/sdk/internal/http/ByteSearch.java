package io.synapse.sdk.internal.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte, eight at a time: what a log's bytes are looked through for is most of what following it costs. */
public final class ByteSearch {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /** Where a byte is first between two positions, the latter excluded; -1 when it is nowhere. */
    public static int indexOf(byte[] bytes, int from, int to, char ascii) {
        long wanted = LOWEST_BITS * ascii;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long marks = marksWhereZero((long) EIGHT.get(bytes, at) ^ wanted);
            if (marks != 0) {
                return at + first(marks);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == ascii) {
                return at;
            }
        }
        return -1;
    }

    /** Where the first of two bytes is between two positions, the latter excluded; -1 when neither is anywhere. */
    public static int indexOfEither(byte[] bytes, int from, int to, char ascii, char other) {
        long wanted = LOWEST_BITS * ascii;
        long wantedToo = LOWEST_BITS * other;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long marks = marksWhereZero(eight ^ wanted) | marksWhereZero(eight ^ wantedToo);
            if (marks != 0) {
                return at + first(marks);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == ascii || bytes[at] == other) {
                return at;
            }
        }
        return -1;
    }

    /** The lowest mark is that of the first zero; above it there may be marks where there is none. */
    private static long marksWhereZero(long eight) {
        return (eight - LOWEST_BITS) & ~eight & HIGHEST_BITS;
    }

    private static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }
}
