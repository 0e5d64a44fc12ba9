package io.synapse.sdk.embedded.internal.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A whole log as UTF-8 text. */
public final class LogText {
    private static final int CHUNK = 64 * 1024;

    private LogText() {}

    /**
     * Writes the log as far as it goes now, without ever holding more than a piece of it. What is not UTF-8 becomes
     * U+FFFD.
     */
    public static void copy(Path log, OutputStream target) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer text = CharBuffer.allocate(CHUNK + 1);
        try (InputStream source = Files.newInputStream(log)) {
            // A job may write faster than its reader reads; the answer has an end all the same.
            long left = Files.size(log);
            boolean end = false;
            while (!end) {
                int most = (int) Math.min(left, bytes.remaining());
                int read = source.read(bytes.array(), bytes.position(), most);
                end = read <= 0;
                left -= Math.max(read, 0);
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                decoder.decode(bytes, text, end);
                bytes.compact();
                target.write(text.flip().toString().getBytes(StandardCharsets.UTF_8));
                text.clear();
            }
        }
    }
}
