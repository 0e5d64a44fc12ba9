package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.experiment.SyncConflictException;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncReply;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.experiment.WorkerOperations;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server's copy of a file equal to the file here, which grows or is written anew meanwhile (wire/experiments.md,
 * section 8). What the server has is known from its answers: as long as the file here begins with that, only the rest is sent,
 * else the whole file takes the place of the copy. Not thread-safe.
 */
final class FileCopy {
    /** What the server takes at once. */
    static final int PART = 4 << 20;

    /** While a job runs, so that its thread sees to a stop or a pause, however fast the job writes. */
    private static final long MOST_AT_ONCE = 4L * PART;

    private static final int MOST_CONFLICTS = 3;

    private final WorkerOperations server;
    private final TakenJob job;
    private final SyncTarget target;
    private final String name;
    private final Path file;
    private final boolean isAppendedOnly;

    private long copied;
    private String copiedHash = ContentHash.empty().value();
    private boolean isKnown;

    private ContentHash hash = ContentHash.empty();
    private long hashed;

    private long seenSize = -1;
    private @Nullable FileTime seenTime;
    private long shrunkTo = -1;
    private boolean isBehind;

    /**
     * @param name the file's name at the server
     * @param file the file here, which need not be there yet
     * @param isAppendedOnly whether what was written once stays as it is: then it is read once
     */
    FileCopy(WorkerOperations server, TakenJob job, SyncTarget target, String name, Path file, boolean isAppendedOnly) {
        this.server = server;
        this.job = job;
        this.target = target;
        this.name = name;
        this.file = file;
        this.isAppendedOnly = isAppendedOnly;
    }

    /**
     * Copies what has changed; of what is only appended to, not all at once while it grows.
     *
     * @param isOver whether nobody writes the file any more: then the copy is equal when this returns
     * @throws io.synapse.sdk.ClientException when the server cannot be reached or does not want the file
     */
    void copy(boolean isOver) throws IOException {
        isBehind = false;
        long size;
        FileTime time;
        try {
            time = Files.getLastModifiedTime(file);
            size = Files.size(file);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!isOver && isKnown && size == seenSize && time.equals(seenTime)) {
            return;
        }
        if (!isAppendedOnly && !isOver && isBeingWritten(size)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            hash = isAppendedOnly ? hash : ContentHash.empty();
            hashed = isAppendedOnly ? hashed : 0;
            long end = isAppendedOnly && !isOver ? Math.min(size, copied + MOST_AT_ONCE) : size;
            copy(channel, size, end, isOver);
            isBehind = end < size && copied < size;
        }
        seenSize = isBehind ? -1 : size;
        seenTime = time;
    }

    /** Whether the last call has left something for the next. */
    boolean isBehind() {
        return isBehind;
    }

    /** A file that is written anew is shorter for a moment; that is not what it will be. */
    private boolean isBeingWritten(long size) {
        boolean isNewlyShrunk = size < copied && size != shrunkTo;
        shrunkTo = size;
        return isNewlyShrunk;
    }

    private void copy(FileChannel channel, long size, long end, boolean isOver) throws IOException {
        int conflicts = 0;
        for (boolean isContinued = beginsWithCopy(channel);
                copied < end || !isContinued;
                isContinued = beginsWithCopy(channel)) {
            if (!isContinued) {
                replace(channel, size);
                return;
            }
            try {
                byte[] bytes = FileRange.read(channel, copied, (int) Math.min(PART, end - copied));
                if (bytes.length == 0) {
                    return; // shorter by now
                }
                known(server.syncFile(part(copied, bytes, copiedHash)));
            } catch (SyncConflictException e) {
                if (++conflicts > MOST_CONFLICTS) {
                    throw e;
                }
                copied = e.size();
                copiedHash = Objects.requireNonNullElse(e.hash(), "");
            }
        }
        if (isOver && !isKnown) {
            replace(channel, size); // an empty file, of which nothing was to be sent
        }
    }

    private void replace(FileChannel channel, long size) throws IOException {
        ContentHash sent = ContentHash.empty();
        long offset = 0;
        do {
            byte[] bytes = FileRange.read(channel, offset, (int) Math.min(PART, size - offset));
            if (bytes.length == 0 && size > 0) {
                return; // shorter by now; what was sent does not count until all is there
            }
            SyncPart part = part(offset, bytes, sent.value()).replacing(size);
            sent.add(bytes, 0, bytes.length);
            offset += bytes.length;
            SyncReply reply = server.syncFile(part);
            if (offset == size) {
                known(reply);
            }
        } while (offset < size);
    }

    private SyncPart part(long offset, byte[] bytes, String prefixHash) {
        SyncPart part = SyncPart.of(target, job.uid(), name, offset, bytes)
                .contentHash(ContentHash.of(bytes))
                .attempt(job.attempt());
        return offset == 0 ? part : part.prefixHash(prefixHash);
    }

    private void known(SyncReply reply) {
        copied = Objects.requireNonNull(reply.size(), "the server does not say the size of its file");
        copiedHash = Objects.requireNonNull(reply.hash(), "the server does not say the hash of its file");
        isKnown = true;
    }

    /** Whether the file here begins with what the server has. */
    private boolean beginsWithCopy(FileChannel channel) throws IOException {
        if (hashed > copied) {
            hash = ContentHash.empty();
            hashed = 0;
        }
        while (hashed < copied) {
            byte[] bytes = FileRange.read(channel, hashed, (int) Math.min(PART, copied - hashed));
            if (bytes.length == 0) {
                return false;
            }
            hash.add(bytes, 0, bytes.length);
            hashed += bytes.length;
        }
        return hash.value().equals(copiedHash);
    }
}
