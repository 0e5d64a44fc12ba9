package io.synapse.sdk.experiments.internal.file;

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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that clients keep with their runs, by paths below one folder. Thread-safe. */
public final class Artifacts {
    private static final String UNFINISHED = ".unfinished-";

    private final Path root;

    /** Those in this folder, which is made when it is needed. */
    public Artifacts(Path root) {
        this.root = root;
    }

    /** A file or a folder. */
    public record Entry(String name, boolean isFolder, long size) {}

    /** Puts a file in place of what is there, in one step; it is on the disk when this returns. */
    public void put(String path, byte[] content) throws IOException {
        Path file = resolve(path);
        Path folder = OwnerOnly.folder(file.resolveSibling(".").normalize());
        Path beside = folder.resolve(UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file())) {
                for (ByteBuffer bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * The file of a path.
     *
     * @throws Failure 404 when there is none
     */
    public Path get(String path) {
        Path file = resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.notFound("No such artifact: " + path);
        }
        return file;
    }

    /** What is in a folder; nothing when there is none. */
    public List<Entry> list(String path) throws IOException {
        Path folder = path.isEmpty() ? root : resolve(path);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> !Files.isSymbolicLink(file) && !name(file).startsWith(UNFINISHED))
                    .sorted()
                    .map(file -> new Entry(
                            name(file), Files.isDirectory(file), file.toFile().length()))
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private Path resolve(String path) {
        Path at = root;
        for (String name : path.split("/", -1)) {
            if (!ExperimentFolders.isFileName(name)) {
                throw Failure.badRequest("Invalid path: " + path);
            }
            at = at.resolve(name);
            if (Files.isSymbolicLink(at)) {
                throw Failure.badRequest("Invalid path: " + path);
            }
        }
        return at;
    }
}
