package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of one agent, locked while that agent lives: on the whole machine, no two agents use the same. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens and locks a folder, making it where there is none.
     *
     * @param wanted the folder, or null for a temporary one
     * @throws IllegalStateException when another agent uses it
     */
    public static DataDirectory open(@Nullable Path wanted) throws IOException {
        Path path = wanted == null
                ? Files.createTempDirectory("synapse-agent-")
                : Files.createDirectories(wanted).toRealPath();
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IllegalStateException("another agent uses the data directory " + path);
        }
        return new DataDirectory(path, wanted == null, channel);
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Whether it goes when the agent goes. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Gives the lock back; deletes the folder if it is temporary. */
    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                FileTree.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + path + " cannot be given back", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by another agent in this very JVM
        }
    }
}
