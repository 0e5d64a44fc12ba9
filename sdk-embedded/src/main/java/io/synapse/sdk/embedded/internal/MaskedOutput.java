package io.synapse.sdk.embedded.internal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes lines on with {@code ***} in place of a secret, and of its beginning or its end, which is what logs of buffers
 * show. A line goes out when it is whole. Not thread-safe.
 */
public final class MaskedOutput extends FilterOutputStream {
    private static final int SHORTEST_PART = 8;

    private final List<String> parts = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public MaskedOutput(OutputStream target, String secret) {
        super(target);
        String text = bytesAsText(secret.getBytes(StandardCharsets.UTF_8));
        parts.add(text);
        for (int length = text.length() - 1; length >= SHORTEST_PART; length--) {
            parts.add(text.substring(0, length));
            parts.add(text.substring(text.length() - length));
        }
    }

    @Override
    public void write(int each) throws IOException {
        line.write(each);
        if (each == '\n') {
            writeLine();
        }
    }

    /** What of a line is here stays: the secret may go on. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        writeLine();
        super.close();
    }

    private void writeLine() throws IOException {
        String text = bytesAsText(line.toByteArray());
        line.reset();
        for (String part : parts) {
            text = text.replace(part, "***");
        }
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A character for each byte, whatever encoding they are in. */
    private static String bytesAsText(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
