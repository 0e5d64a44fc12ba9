package io.synapse.sdk.experiments.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What has been synchronized of a job, at one moment. */
public final class SyncStatus {
    private final JobLookup.Job job;
    private final Optional<Instant> syncedAt;
    private final Map<String, SyncedState> jobFiles;
    private final Map<String, SyncedState> runFiles;

    /**
     * A file.
     *
     * @param hash of all its bytes
     */
    public record SyncedState(long size, Instant modified, String hash) {}

    SyncStatus(JobLookup.Job job, Jdbi database, ExperimentFolders folders, HashCache hashes) {
        this.job = job;
        syncedAt = database.withHandle(
                handle -> handle.createQuery("SELECT synced_at FROM job_sync WHERE uid = ? AND synced_at IS NOT NULL")
                        .bind(0, job.uid())
                        .mapTo(Long.class)
                        .findOne()
                        .map(Instant::ofEpochMilli));
        List<String> names = database.withHandle(handle -> handle.createQuery("SELECT name FROM job_file WHERE uid = ?")
                .bind(0, job.uid())
                .mapTo(String.class)
                .list());
        Path project = folders.project(job.project());
        jobFiles = states(names(folders.job(job.uid())), folders.job(job.uid()), hashes);
        runFiles = states(names, project, hashes);
    }

    /** Whose files they are. */
    public JobLookup.Job job() {
        return job;
    }

    /** When a part last came. */
    public Optional<Instant> syncedAt() {
        return syncedAt;
    }

    /** The job's own files by name. */
    public Map<String, SyncedState> jobFiles() {
        return jobFiles;
    }

    /** The files of its runs by name. */
    public Map<String, SyncedState> runFiles() {
        return runFiles;
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(ExperimentFolders::isFileName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, SyncedState> states(List<String> names, Path folder, HashCache hashes) {
        Map<String, SyncedState> states = new TreeMap<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                states.put(name, state(file, hashes));
            }
        }
        return states;
    }

    private static SyncedState state(Path file, HashCache hashes) {
        try {
            Instant modified =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return new SyncedState(Files.size(file), modified, hashes.of(file).value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
