package io.synapse.sdk.experiments.internal.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.event.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Takes the files of jobs and of their runs from workers (wire/experiments.md, section 8). Thread-safe. */
public final class FileSync {
    private static final int LOCKS = 64;

    /** What an event has of a log at most; whoever follows it reads the rest. */
    private static final int MAX_EVENT = 64 << 10;

    private final Jdbi database;
    private final ExperimentFolders folders;
    private final JobLookup jobs;
    private final Events events;
    private final FileListener listener;
    private final JobLogs logs;
    private final HashCache hashes;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    public FileSync(
            Jdbi database,
            ExperimentFolders folders,
            HashCache hashes,
            JobLookup jobs,
            Events events,
            FileListener listener) {
        this.database = database;
        this.folders = folders;
        this.hashes = hashes;
        this.jobs = jobs;
        this.events = events;
        this.listener = listener;
        this.logs = new JobLogs(folders);
    }

    /**
     * What became of a part.
     *
     * @param size of the file now
     * @param hash of the file now
     */
    public record Synced(int bytesSynced, long size, String hash) {}

    /** Takes a part of a job's own file, for instance of its log. */
    public Synced addToJob(String uid, String name, FilePart part) {
        job(uid, part);
        Optional<JobLogs.Stream> stream = JobLogs.Stream.ofFile(name);
        String stored = stream.map(JobLogs.Stream::fileName).orElse(name);
        SyncedFile.Written written =
                write(ExperimentFolders.file(folders.job(uid), stored), part, stored.endsWith(".log"));
        database.useTransaction(transaction -> record(transaction, uid));
        stream.filter(output -> written.isInPlace()).ifPresent(output -> tellOfLog(uid, output, written));
        events.send("run_update", update("experiment_sync", uid, stored, part));
        return new Synced(part.bytes().length, written.size(), written.hash());
    }

    /** Takes a part of a file of a run of a job. */
    public Synced addToRun(String uid, String name, FilePart part) {
        JobLookup.Job job = job(uid, part);
        Path file = ExperimentFolders.file(folders.project(job.project()), name);
        if (!database.withHandle(handle -> isOwner(handle, job, name))) {
            database.useTransaction(transaction -> claim(transaction, job, name));
        }
        SyncedFile.Written written = write(file, part, name.endsWith(".csv"));
        database.useTransaction(transaction -> record(transaction, uid));
        listener.changed(job, name);
        events.send("run_update", update("run_sync", uid, name, part));
        return new Synced(part.bytes().length, written.size(), written.hash());
    }

    /**
     * Keeps where a job's program could go on.
     *
     * @param attempt whose program it is; null when the worker does not say
     */
    public void checkpoint(String uid, ObjectNode checkpoint, @Nullable Integer attempt) {
        known(uid, attempt);
        database.useHandle(handle -> handle.execute(
                "INSERT INTO job_sync (uid, checkpoint, synced_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (uid) DO UPDATE SET checkpoint = excluded.checkpoint, synced_at = excluded.synced_at",
                uid,
                checkpoint.toString(),
                Instant.now().toEpochMilli()));
    }

    /** What has been synchronized of a job. */
    public SyncStatus status(String uid) {
        return new SyncStatus(known(uid), database, folders, hashes);
    }

    private JobLookup.Job known(String uid) {
        return jobs.find(uid)
                .orElseThrow(() -> Failure.of(404, "Experiment Not Found", "Experiment " + uid + " not found"));
    }

    private JobLookup.Job known(String uid, @Nullable Integer attempt) {
        JobLookup.Job job = known(uid);
        if (attempt != null && attempt != job.attempt()) {
            throw Failure.conflict("attempt " + attempt + " of job " + uid + " is not the present one, " + job.attempt()
                    + ": stop it");
        }
        return job;
    }

    private JobLookup.Job job(String uid, FilePart part) {
        JobLookup.Job job = known(uid, part.attempt());
        if (part.bytes().length > FilePart.MAX) {
            throw Failure.of(413, "Payload Too Large", "a part has at most " + FilePart.MAX + " bytes");
        }
        if (part.contentHash() != null) {
            String hash = ContentHash.of(part.bytes());
            if (!hash.equals(part.contentHash())) {
                String sentence = "Content hash mismatch: expected " + part.contentHash() + ", got " + hash;
                throw Failure.of(400, "Hash Mismatch", sentence);
            }
        }
        return job;
    }

    private SyncedFile.Written write(Path file, FilePart part, boolean isAppended) {
        synchronized (locks[Math.floorMod(file.hashCode(), LOCKS)]) {
            try {
                OwnerOnly.folder(file.resolveSibling(".").normalize());
                SyncedFile synced = new SyncedFile(file, hashes);
                if (part.isReplacement()) {
                    return synced.replace(part, part.offset() == null ? 0 : part.offset());
                }
                if (part.offset() != null) {
                    return synced.add(part, part.offset());
                }
                return isAppended ? synced.append(part.bytes()) : synced.replace(part.bytes());
            } catch (IOException e) {
                throw Failure.of(
                        503, "Service Unavailable", "the part cannot be stored: " + e.getMessage() + "; send it again");
            }
        }
    }

    private static boolean isOwner(Handle handle, JobLookup.Job job, String name) {
        return owner(handle, job, name).filter(job.uid()::equals).isPresent();
    }

    private static Optional<String> owner(Handle handle, JobLookup.Job job, String name) {
        return handle.createQuery("SELECT uid FROM job_file WHERE project = ? AND name = ?")
                .bind(0, job.project())
                .bind(1, name)
                .mapTo(String.class)
                .findOne();
    }

    /** Two jobs do not write one run, unless the first is over. */
    private void claim(Handle transaction, JobLookup.Job job, String name) {
        Optional<String> owner = owner(transaction, job, name);
        if (owner.flatMap(jobs::find).filter(other -> !other.isOver()).isPresent()) {
            throw Failure.conflict(name + " is written by job " + owner.get() + ": give the run another name");
        }
        transaction.execute(
                "INSERT OR REPLACE INTO job_file (project, name, uid) VALUES (?, ?, ?)",
                job.project(),
                name,
                job.uid());
    }

    private static void record(Handle transaction, String uid) {
        transaction.execute(
                "INSERT INTO job_sync (uid, synced_at) VALUES (?, ?)"
                        + " ON CONFLICT (uid) DO UPDATE SET synced_at = excluded.synced_at",
                uid,
                Instant.now().toEpochMilli());
    }

    private void tellOfLog(String uid, JobLogs.Stream stream, SyncedFile.Written written) {
        long base = Math.max(0, written.from() - (CharacterCut.LONGEST - 1));
        byte[] bytes = logs.read(uid, stream, base, MAX_EVENT).bytes();
        int from = CharacterCut.whole(bytes, (int) Math.min(written.from() - base, bytes.length));
        int to = CharacterCut.whole(bytes, bytes.length);
        if (from < to) {
            String text = new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
            events.send(
                    "log_update",
                    Map.of("experiment_uid", uid, "stream", stream.word(), "offset", base + from, "text", text));
        }
    }

    private static Map<String, Object> update(String type, String uid, String name, FilePart part) {
        return Map.of(
                "event_type", type, "experiment_uid", uid, "file_name", name, "bytes_synced", part.bytes().length);
    }
}
