package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes that come in pieces of any length, within an array that has others around them. */
final class Pieces {
    /** Takes bytes as a stream gives them. */
    interface Sink {
        void add(byte[] bytes, int from, int length);
    }

    /** Ends of lines, characters of each length, and what is not UTF-8. */
    private static final byte[][] PARTS = {
        utf8("a"), utf8("b"), utf8("\n"), utf8("\n"), utf8("\r"), utf8("\r\n"), utf8("é"), utf8("€"), utf8("😀"), {0}
    };

    private static final byte[][] INVALID = {{(byte) 0x80}, {(byte) 0xFF}, {(byte) 0xF0, (byte) 0x9F}, {(byte) 0xC3}};

    private Pieces() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Content of up to so many characters. */
    static byte[] random(Random random, int most, boolean valid) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            boolean bad = !valid && random.nextInt(8) == 0;
            bytes.writeBytes(bad ? INVALID[random.nextInt(INVALID.length)] : PARTS[random.nextInt(PARTS.length)]);
        }
        return bytes.toByteArray();
    }

    /** Gives all bytes in pieces of up to so many. */
    static void feed(byte[] bytes, Random random, int most, Sink sink) {
        int index = 0;
        while (index < bytes.length) {
            int length = Math.min(random.nextInt(most + 1), bytes.length - index);
            byte[] around = new byte[length + 2];
            System.arraycopy(bytes, index, around, 1, length);
            sink.add(around, 1, length);
            index += length;
        }
    }
}
