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
        read(file, offset, bytes);
        return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }

    /** Fills an empty buffer with the bytes from an offset on, as far as the file goes. */
    public static void read(FileChannel file, long offset, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && file.read(into, offset + into.position()) >= 0) {}
    }

    /** Writes bytes from an offset on. */
    public static void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        for (long position = offset; bytes.hasRemaining(); ) {
            position += file.write(bytes, position);
        }
    }
}
