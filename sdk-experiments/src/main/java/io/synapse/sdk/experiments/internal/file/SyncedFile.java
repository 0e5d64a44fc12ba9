package io.synapse.sdk.experiments.internal.file;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A file whose parts come from a worker (wire/experiments.md, section 8). A part is taken only where the file has what the
 * worker has before it, so that a part that comes again, late or after a lost answer changes nothing. What is answered is
 * on the disk. Callers hold the lock of the path.
 */
final class SyncedFile {
    private final Path file;
    private final HashCache hashes;

    SyncedFile(Path file, HashCache hashes) {
        this.file = file;
        this.hashes = hashes;
    }

    /**
     * What a part did.
     *
     * @param from the size that the file had before, or 0 when it was replaced
     * @param size that it has now; while parts of a replacement are missing, that of the replacement
     * @param isInPlace whether the part is in the file, and not in a replacement whose parts are missing
     */
    record Written(long from, long size, String hash, boolean isInPlace) {}

    /** Takes a part with an offset. */
    Written add(FilePart part, long offset) throws IOException {
        long size = size(file);
        if (offset > size) {
            throw differs("the file has fewer bytes than the offset of the part");
        }
        if (offset > 0 && !prefix(offset, size).equals(part.prefixHash())) {
            throw differs("the file differs before the part");
        }
        int known = (int) Math.min(part.bytes().length, size - offset);
        if (known > 0 && !Arrays.equals(read(offset, known), Arrays.copyOf(part.bytes(), known))) {
            throw differs("the file differs within the part");
        }
        return append(part.bytes(), known, size);
    }

    /** Adds to the end, whatever is there. */
    Written append(byte[] bytes) throws IOException {
        return append(bytes, 0, size(file));
    }

    /** Puts other content in place of what is there, in one step. */
    Written replace(byte[] bytes) throws IOException {
        SyncedFile beside = beside();
        Files.deleteIfExists(beside.file);
        beside.append(bytes, 0, 0);
        return moveOver(beside);
    }

    /** Takes a part of other content, which takes the place of what is there once it is whole. */
    Written replace(FilePart part, long offset) throws IOException {
        SyncedFile beside = beside();
        if (offset == 0) {
            Files.deleteIfExists(beside.file);
        }
        Written written = beside.add(part, offset);
        if (part.total() == null || written.size() == part.total()) {
            return moveOver(beside);
        }
        if (written.size() > part.total()) {
            throw Failure.badRequest("the parts have more bytes than X-Total says");
        }
        return new Written(0, written.size(), written.hash(), false);
    }

    private Written moveOver(SyncedFile beside) throws IOException {
        if (!Files.exists(beside.file, LinkOption.NOFOLLOW_LINKS)) { // of no bytes
            Files.createFile(beside.file, OwnerOnly.file());
        }
        ContentHash hash = hashes.of(beside.file);
        Files.move(beside.file, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.sync(file.resolveSibling("."));
        hashes.replaced(file, hash);
        return new Written(0, size(file), hash.value(), true);
    }

    private SyncedFile beside() {
        return new SyncedFile(file.resolveSibling("." + file.getFileName() + ".new"), hashes);
    }

    private Written append(byte[] bytes, int from, long size) throws IOException {
        ContentHash hash = hashes.of(file);
        if (from == bytes.length) {
            return new Written(size, size, hash.value(), true);
        }
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OwnerOnly.file())) {
            write(channel, ByteBuffer.wrap(bytes, from, bytes.length - from), size);
        }
        if (isNew) {
            DurableFile.sync(file.resolveSibling("."));
        }
        hash.add(bytes, from, bytes.length - from);
        hashes.grown(file, hash);
        return new Written(size, size + bytes.length - from, hash.value(), true);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        try {
            FileRange.write(channel, bytes, at);
            channel.force(true);
        } catch (IOException e) { // for instance a full disk: half a part would be taken for the worker's
            channel.truncate(at);
            throw e;
        }
    }

    private String prefix(long offset, long size) throws IOException {
        return (offset == size ? hashes.of(file) : HashCache.ofFirst(file, offset)).value();
    }

    private byte[] read(long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return FileRange.read(channel, offset, length);
        }
    }

    private Failure differs(String why) throws IOException {
        Map<String, Object> present =
                Map.of("size", size(file), "hash", hashes.of(file).value());
        return Failure.of(409, "Conflict", why, present);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    }
}
