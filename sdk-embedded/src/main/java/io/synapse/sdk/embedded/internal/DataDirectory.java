package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The folder of one agent, locked while that agent lives: on the whole machine, no two agents use the same. */
public final class DataDirectory implements AutoCloseable {
    /**
     * Those of this JVM. The system's lock belongs to the process: it goes as soon as any channel to the file is closed,
     * so no second one may be opened.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens and locks a folder, making it where there is none. Only this user can read it from then on.
     *
     * @param wanted the folder, or null for a temporary one
     * @throws IllegalStateException when another agent uses it
     */
    public static DataDirectory open(@Nullable Path wanted) throws IOException {
        Path path = wanted == null
                ? Files.createTempDirectory("synapse-agent-")
                : OwnerOnly.folder(wanted).toRealPath();
        FileChannel channel = OPEN.add(path) ? lock(path) : null;
        if (channel == null) {
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
            OPEN.remove(path);
            if (temporary) {
                FileTree.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + path + " cannot be given back", e);
        }
    }

    /** Null when another process has the lock. */
    private static @Nullable FileChannel lock(Path path) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(
                    path.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.file());
            lock = channel.tryLock();
            return lock == null ? null : channel;
        } finally {
            if (lock == null) {
                OPEN.remove(path);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }
}
