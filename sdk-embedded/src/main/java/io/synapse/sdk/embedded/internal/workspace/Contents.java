package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files on their way between clients and a workspace: what a client has sent in pieces and will use, or what it will fetch in
 * pieces. Requests for pieces can be repeated. Thread-safe.
 */
public final class Contents implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int MAX_PIECE = 4 << 20;

    private final Path folder;

    /** @param folder is empty, and deleted in the end */
    Contents(Path folder) {
        this.folder = folder;
    }

    /** The file of a key, which may not exist. */
    Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw BadRequestException.refused("the key of a content has 1 to 64 of the characters A-Z a-z 0-9 -");
        }
        return folder.resolve(key);
    }

    /** Writes a piece; those before it must be there. */
    public void write(String key, long offset, byte[] piece) throws IOException {
        try (FileChannel channel = FileChannel.open(file(key), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (offset < 0 || offset > channel.size()) {
                throw new RefusedException(409, "the content has " + channel.size() + " bytes, and no place " + offset);
            }
            FileRange.write(channel, ByteBuffer.wrap(piece), offset);
        } catch (NoSuchFileException e) {
            throw new RefusedException(404, "the workspace is closed");
        }
    }

    /** A piece: shorter than was asked for at the end, and in any case of 4 MiB at most. */
    public byte[] read(String key, long offset, long length) throws IOException {
        Path file = file(key);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (offset >= channel.size()) {
                return new byte[0];
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // it is in use
            return FileRange.read(channel, offset, (int) Math.max(0, Math.min(length, MAX_PIECE)));
        } catch (NoSuchFileException e) {
            throw new RefusedException(410, "the agent has no such content any more: " + key);
        }
    }

    /** Forgets a content; there need not be one. */
    public void delete(String key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    /** Deletes what was not used since then. */
    void deleteUnusedSince(Instant time) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isOlder(file, time)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
