package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiments.internal.metric.CsvMerge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of metrics that earlier attempts of a job have left at the server. A program that is started again writes its file anew,
 * with the rows from where it goes on; the server gets it with the earlier rows before and after those, so that none is lost
 * and no step is there twice. Not thread-safe.
 */
final class EarlierRows {
    private static final String METRICS = ".csv";

    private final JobFolder folder;
    private final Map<Path, Merged> merged = new HashMap<>();

    /** As what a file was merged. */
    private record Merged(FileTime time, boolean isOver) {}

    EarlierRows(JobFolder folder) {
        this.folder = folder;
    }

    /** Gets what the server has of earlier attempts; to be done before the job starts. */
    static void fetch(ExperimentClient server, TakenJob job, JobFolder folder) throws IOException {
        OwnerOnly.folder(folder.before());
        for (String name : files(server, job)) {
            if (name.endsWith(METRICS)) {
                String rows = rows(server, job, name);
                if (rows != null) {
                    folder.write(folder.before().resolve(name), rows);
                }
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

    private static @Nullable String rows(ExperimentClient server, TakenJob job, String name) {
        String run = name.substring(0, name.length() - METRICS.length());
        String path = "logs/" + job.project() + "/" + name;
        try {
            return new String(server.downloadArtifact(job.project(), run, path), StandardCharsets.UTF_8);
        } catch (NotFoundException e) {
            return null; // deleted meanwhile
        }
    }

    /** What is no UTF-8 is not what keeps rows from being copied. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * The file with the rows of earlier attempts, if there are any.
     *
     * @param isOver whether the job writes nothing more
     */
    Path withRowsOf(Path file, boolean isOver) throws IOException {
        Path before = folder.before().resolve(file.getFileName());
        if (!Files.exists(before)) {
            return file;
        }
        Path result = folder.merged().resolve(file.getFileName());
        Merged now = new Merged(Files.getLastModifiedTime(file), isOver);
        if (!now.equals(merged.get(file)) || !Files.exists(result)) {
            OwnerOnly.folder(folder.merged());
            folder.write(result, CsvMerge.of(text(before), text(file), isOver));
            merged.put(file, now);
        }
        return result;
    }
}
