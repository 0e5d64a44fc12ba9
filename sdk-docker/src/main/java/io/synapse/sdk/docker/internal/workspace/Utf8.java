package io.synapse.sdk.docker.internal.workspace;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where characters begin and end in UTF-8. */
final class Utf8 {
    /** In bytes. */
    static final int LONGEST_CHARACTER = 4;

    private Utf8() {}

    /** Whether these bytes begin a text: a last character that is not complete is no objection. */
    static boolean isBeginningOfText(byte[] bytes) {
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false)
                .isError();
    }

    /** The text that these bytes are; empty when they are none. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** How many of these bytes are left without a last character that is not complete. */
    static int completeLength(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > 0 && isContinuation(bytes[start])) {
            start--;
        }
        return start >= 0 && start + characterLength(bytes[start]) > bytes.length ? start : bytes.length;
    }

    /** How many of these bytes, which follow others, are the end of a character that began there. */
    static int continuationLength(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && length < LONGEST_CHARACTER - 1 && isContinuation(bytes[length])) {
            length++;
        }
        return length;
    }

    /** The index in a text up to which it takes at most so many bytes, without cutting a character. */
    static int indexWithin(String text, int mostBytes) {
        int index = 0;
        int bytes = 0;
        while (index < text.length()) {
            int character = text.codePointAt(index);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : LONGEST_CHARACTER;
            if (bytes > mostBytes) {
                return index;
            }
            index += Character.charCount(character);
        }
        return index;
    }

    private static boolean isContinuation(byte each) {
        return (each & 0xC0) == 0x80;
    }

    /** As the first byte tells; 1 also where it is none that could be first. */
    private static int characterLength(byte first) {
        int value = first & 0xFF;
        return value < 0xC2 || value > 0xF4 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : LONGEST_CHARACTER;
    }
}
