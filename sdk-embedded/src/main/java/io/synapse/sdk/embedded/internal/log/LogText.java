package io.synapse.sdk.embedded.internal.log;

import io.synapse.sdk.embedded.internal.FileRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** A whole log as UTF-8 text. */
public final class LogText {
    private static final int CHUNK = 64 * 1024;
    private static final long MAX_COMPARED = 1L << 30;

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

    /** Where the last lines begin; a line without its end counts. With none, where one begins that has no end yet. */
    static long startOfLast(Path log, int lines) throws IOException {
        try (FileChannel file = FileChannel.open(log)) {
            ByteBuffer piece = ByteBuffer.allocate(CHUNK);
            long size = file.size();
            long left = Math.max(lines, 1);
            for (long end = size; end > 0; end -= CHUNK) {
                long from = Math.max(0, end - CHUNK);
                FileRange.read(file, from, piece.clear().limit((int) (end - from)));
                for (int at = piece.limit() - 1; at >= 0; at--) {
                    boolean isFinal = from + at == size - 1 && lines > 0;
                    left -= piece.get(at) == '\n' && !isFinal ? 1 : 0;
                    if (left == 0) {
                        return from + at + 1;
                    }
                }
            }
            return 0;
        }
    }

    /** Whether the log begins with other bytes than those of this checksum (CRC-32C); up to a length that takes a moment. */
    static boolean differs(Path log, long length, int checksum) throws IOException {
        if (length > MAX_COMPARED) {
            return false;
        }
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocate(CHUNK);
        try (FileChannel file = FileChannel.open(log)) {
            for (long from = 0; from < length; from += CHUNK) {
                FileRange.read(file, from, piece.clear().limit((int) Math.min(CHUNK, length - from)));
                crc.update(piece.flip());
            }
        }
        return (int) crc.getValue() != checksum;
    }
}
