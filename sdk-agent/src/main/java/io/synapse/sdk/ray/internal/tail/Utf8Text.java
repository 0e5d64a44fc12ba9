package io.synapse.sdk.ray.internal.tail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes text of bytes that come in pieces, cut anywhere: a character whose last bytes are still to come waits for them.
 * Bytes that are no UTF-8 become U+FFFD.
 */
final class Utf8Text {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes;
    private final CharBuffer characters;

    /**
     * A decoder.
     *
     * @param most how many bytes are given to it at once, at the most
     */
    Utf8Text(int most) {
        bytes = ByteBuffer.allocate(most + LONGEST_CHARACTER);
        characters = CharBuffer.allocate(most + LONGEST_CHARACTER);
    }

    /** The text of some more bytes, as far as they are whole characters. */
    String decode(byte[] piece, int length) {
        bytes.put(piece, 0, length).flip();
        decoder.decode(bytes, characters, false);
        bytes.compact();
        return taken();
    }

    /** The text of the bytes that wait in vain. */
    String end() {
        bytes.flip();
        decoder.decode(bytes, characters, true);
        decoder.flush(characters);
        bytes.clear();
        return taken();
    }

    /** How many bytes wait for the rest of their character. */
    int waiting() {
        return bytes.position();
    }

    private String taken() {
        String text = characters.flip().toString();
        characters.clear();
        return text;
    }
}
