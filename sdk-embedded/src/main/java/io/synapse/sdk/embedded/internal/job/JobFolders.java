package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of jobs. To delete one, it is moved aside in one step, so that a later job of the same id finds nothing of
 * it; what is in it is deleted in the background, also while a process still writes there. Safe for use by several
 * threads.
 */
final class JobFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobFolders.class);

    /** Not ids of jobs. */
    private static final String DELETED = ".deleted";

    private static final String UNKNOWN = ".unknown";

    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final ScheduledThreadPoolExecutor deletions =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("embedded-agent-deletion"));

    /** The folders in this one; goes on with deletions that an earlier agent did not finish. */
    JobFolders(Path directory) throws IOException {
        this.directory = OwnerOnly.folder(directory);
        Path deleted = directory.resolve(DELETED);
        if (Files.exists(deleted)) {
            names(deleted).forEach(name -> deleteInBackground(deleted.resolve(name), 1));
        }
    }

    /** The files of a job, which need not be there. */
    JobFiles of(String id) {
        return new JobFiles(directory.resolve(id));
    }

    /** The ids that there are folders of. */
    List<String> ids() throws IOException {
        return names(directory).stream().filter(name -> !name.startsWith(".")).toList();
    }

    /**
     * Deletes the folder of a job, if there is one: gone when this returns.
     *
     * @throws IOException when it cannot be moved aside
     */
    void delete(String id) throws IOException {
        Path folder = directory.resolve(id);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            deleteInBackground(moveTo(DELETED, id, folder), 1);
        }
    }

    /** Moves a folder of this id aside, if there is one, and keeps it: nobody knows what it is. */
    void setAside(String id) throws IOException {
        Path folder = directory.resolve(id);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("a folder of job {}, which is not on record, is now {}", id, moveTo(UNKNOWN, id, folder));
        }
    }

    /** Deletes no more; the next agent goes on. */
    @Override
    public void close() {
        deletions.shutdownNow();
    }

    private Path moveTo(String aside, String id, Path folder) throws IOException {
        Path target = OwnerOnly.folder(directory.resolve(aside)).resolve(id + "-" + UUID.randomUUID());
        return Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteInBackground(Path folder, int attempt) {
        deletions.schedule(() -> delete(folder, attempt), attempt - 1L, TimeUnit.SECONDS);
    }

    private void delete(Path folder, int attempt) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            if (attempt < ATTEMPTS && !deletions.isShutdown()) {
                deleteInBackground(folder, attempt + 1);
            } else {
                LOG.warn(
                        "the files of a deleted job stay in {} until the agent starts again: {}", folder, e.toString());
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }
}
