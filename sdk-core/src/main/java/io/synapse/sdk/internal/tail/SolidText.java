package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The characters of a log that are not line ends: how many there were, and a checksum by which to know them again. The
 * same however they were cut into pieces.
 */
final class SolidText {
    private final CRC32C checksum = new CRC32C();
    private long length;

    /** How many characters there were. */
    long length() {
        return length;
    }

    /** Whether these are the same characters, as far as can be told. */
    boolean isSameAs(SolidText other) {
        return length == other.length && checksum.getValue() == other.checksum.getValue();
    }

    /** Forgets everything. */
    void clear() {
        checksum.reset();
        length = 0;
    }

    /**
     * Adds what is no line end in a text.
     *
     * @return bytes of the text, its line ends included
     */
    long add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long size = Utf8.length(text, bytes);
        if (size == text.length() && ByteSearch.indexOf(bytes, 0, bytes.length, '\r') < 0) {
            addPlain(bytes);
        } else {
            addCharacters(text);
        }
        return size;
    }

    /** Adds a character that is no line end. */
    void add(char c) {
        length++;
        if (c > 0x7F) {
            checksum.update(c >> Byte.SIZE);
        }
        checksum.update(c);
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** ASCII with no line ends but newlines, as nearly all logs are: a line at a time, which is many times as fast. */
    private void addPlain(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int newline = ByteSearch.indexOf(bytes, from, bytes.length, '\n');
            int to = newline < 0 ? bytes.length : newline;
            checksum.update(bytes, from, to - from);
            length += to - from;
            from = to + 1;
        }
    }

    private void addCharacters(String text) {
        byte[] solid = new byte[2 * text.length()];
        int size = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isLineEnd(c)) {
                length++;
                if (c > 0x7F) {
                    solid[size++] = (byte) (c >> Byte.SIZE);
                }
                solid[size++] = (byte) c;
            }
        }
        checksum.update(solid, 0, size);
    }
}
