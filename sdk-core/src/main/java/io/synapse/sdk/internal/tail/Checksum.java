package io.synapse.sdk.internal.tail;

import java.util.zip.CRC32C;

/**
 * CRC-32C of text that grows and shrinks at its end. The JDK's own cannot go on from a stored value. Values are combined
 * as polynomials over GF(2), as zlib does, with the lowest power in the highest bit.
 */
final class Checksum {
    private static final int POLYNOMIAL = 0x82F6_3B78;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    /** {@code x} to this power is one again. */
    private static final long ORDER = (1L << 31) - 1;

    private Checksum() {}

    /** The checksum of a text to which bytes are added. */
    static int append(int checksum, byte[] bytes, int from, int length) {
        return multiply(power(8L * length), checksum) ^ of(bytes, from, length);
    }

    /** The checksum of a text whose last bytes are taken away. */
    static int remove(int checksum, byte[] bytes, int from, int length) {
        return multiply(power(ORDER - 8L * length % ORDER), checksum ^ of(bytes, from, length));
    }

    private static int of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static int power(long exponent) {
        int result = ONE;
        int square = X;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(square, result);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bits = a; bits != 0; bits <<= 1) {
            product ^= bits < 0 ? shifted : 0;
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}
