package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text on its way to and from a shell. Bytes that are not UTF-8, which names of files may have, are the low surrogates
 * {@code U+DC80} to {@code U+DCFF} in Java, as in Python (PEP 383): so every name has a text, and every text its bytes.
 */
final class ShellText {
    private static final int SURROGATES = 0xDC00;

    private ShellText() {}

    /** One line that a shell evaluates to this text: data, whatever it has. It must not have a NUL character. */
    static String quote(String text) {
        if (text.chars().allMatch(each -> each >= ' ' && each < 0x7f && each != '\'')) {
            return "'" + text + "'";
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--; // the substitution would strip them
        }
        StringBuilder quoted = new StringBuilder("\"$(printf %b '");
        for (byte each : bytes(text.substring(0, end))) {
            int value = each & 0xff;
            if (value < 0x80 && Character.isLetterOrDigit(value)) {
                quoted.append((char) value);
            } else {
                quoted.append("\\0").append(value >> 6).append(value >> 3 & 7).append(value & 7);
            }
        }
        return quoted.append("')\"")
                .append("\"$line_end\"".repeat(text.length() - end))
                .toString();
    }

    /** The bytes of a text. */
    static byte[] bytes(String text) {
        if (text.chars().noneMatch(ShellText::isByte)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        text.codePoints().forEach(each -> {
            if (isByte(each)) {
                bytes.write(each - SURROGATES);
            } else {
                bytes.writeBytes(Character.toString(each).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** The text of bytes. */
    static String text(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        while (in.hasRemaining()) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                for (int count = result.length(); count > 0; count--) {
                    out.put((char) (SURROGATES + (in.get() & 0xff)));
                }
                decoder.reset();
            }
        }
        return out.flip().toString();
    }

    private static boolean isByte(int character) {
        return character >= SURROGATES + 0x80 && character <= SURROGATES + 0xff;
    }
}
