package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiments.internal.metric.CsvMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of metrics that earlier attempts of a job have left at the server. A program that is started again writes its file anew,
 * with the rows from where it goes on; the server gets it with the earlier rows before and after those, so that none is lost
 * and no step is there twice. Not thread-safe.
 */
final class EarlierRows {
    private static final String METRICS = ".csv";

    private static final Logger LOG = LoggerFactory.getLogger(EarlierRows.class);

    /** Of a file that was written anew while it was merged. */
    private static final FileTime NEVER = FileTime.fromMillis(Long.MIN_VALUE);

    /** A file is merged again only after so many times the time that it last took. */
    private static final int REST = 10;

    private final JobFolder folder;
    private final LongSupplier nanoTime;
    private final Map<Path, Merged> merged = new HashMap<>();

    /**
     * As what a file was merged.
     *
     * @param until in nanoseconds: before that, it is not merged again unless the job is over
     */
    private record Merged(FileTime time, boolean isOver, long until) {}

    EarlierRows(JobFolder folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    /** Gets what the server has of earlier attempts; to be done before the job starts. */
    static void fetch(ExperimentClient server, TakenJob job, JobFolder folder) throws IOException {
        OwnerOnly.folder(folder.before());
        for (String name : files(server, job)) {
            if (name.endsWith(METRICS)) {
                fetch(server, job, name, folder.before().resolve(name));
            }
        }
    }

    private static Set<String> files(ExperimentClient server, TakenJob job) {
        try {
            return server.getSyncStatus(job.uid()).files().keySet();
        } catch (NotFoundException e) {
            return Set.of(); // no attempt has sent any
        }
    }

    private static void fetch(ExperimentClient server, TakenJob job, String name, Path target) throws IOException {
        String run = name.substring(0, name.length() - METRICS.length());
        try {
            server.downloadArtifact(job.project(), run, "logs/" + job.project() + "/" + name, target);
            DurableFile.sync(target);
            DurableFile.sync(target.resolveSibling("."));
        } catch (NotFoundException e) {
            LOG.debug("{} of earlier attempts was deleted meanwhile", name);
        }
    }

    /**
     * The file with the rows of earlier attempts, if there are any. It need not be there yet, and is as it was at an earlier call
     * when merging takes long, or when the file is being written anew.
     *
     * @param isOver whether the job writes nothing more: then it is complete
     */
    Path withRowsOf(Path file, boolean isOver) throws IOException {
        Path before = folder.before().resolve(file.getFileName());
        if (!Files.exists(before)) {
            return file;
        }
        Path result = folder.merged().resolve(file.getFileName());
        FileTime time = Files.getLastModifiedTime(file);
        Merged last = merged.get(file);
        boolean isSame = last != null && last.time.equals(time) && last.isOver == isOver && Files.exists(result);
        if (!isSame && (isOver || last == null || nanoTime.getAsLong() - last.until >= 0)) {
            long start = nanoTime.getAsLong();
            OwnerOnly.folder(folder.merged());
            boolean isWritten = DurableFile.replace(result, output -> CsvMerge.write(before, file, isOver, output));
            long end = nanoTime.getAsLong();
            merged.put(file, new Merged(isWritten ? time : NEVER, isOver, end + REST * (end - start)));
        }
        return result;
    }
}
