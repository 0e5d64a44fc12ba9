package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Parts of files, whole: a channel may read or write less at a time than it is asked for. */
public final class FileRange {
    private FileRange() {}

    /** The bytes from an offset on; fewer when the file has fewer. */
    public static byte[] read(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {}
        return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }

    /** Writes bytes from an offset on. */
    public static void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        for (long position = offset; bytes.hasRemaining(); ) {
            position += file.write(bytes, position);
        }
    }
}
