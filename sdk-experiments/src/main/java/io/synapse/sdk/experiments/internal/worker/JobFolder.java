package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one attempt of a job: what was taken, its config, and the folder it works in. It stays when the job is over,
 * since it may have what the user wants, such as checkpoints.
 *
 * @param path the folder
 */
record JobFolder(Path path) {
    private static final String TAKEN = "job.json";
    private static final String OVER = "over.json";
    private static final String LOGS = "logs";

    /** Where the program starts. */
    Path work() {
        return path.resolve("work");
    }

    /** The config of the job. */
    Path config() {
        return path.resolve("config.yaml");
    }

    /** Its output, where that is copied here from elsewhere. */
    Path log() {
        return path.resolve("log");
    }

    /** CSV files that the server had of earlier attempts. */
    Path before() {
        return path.resolve("before");
    }

    /** CSV files with the rows of all attempts. */
    Path merged() {
        return path.resolve("merged");
    }

    /** Puts on record that the job was taken: on the disk when this returns. */
    void take(TakenJob job) throws IOException {
        OwnerOnly.folder(path);
        write(path.resolve(TAKEN), job.text());
    }

    /** What was taken; null when there is nothing, or it is over. */
    @Nullable
    TakenJob taken() throws IOException {
        try {
            return TakenJob.parse(Files.readString(path.resolve(TAKEN)));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Writes a text in place of what a file has: on the disk when this returns. */
    static void write(Path file, String text) throws IOException {
        DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts on record that nothing is left to do. */
    void end() throws IOException {
        Files.move(path.resolve(TAKEN), path.resolve(OVER), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.sync(path);
    }

    /**
     * Makes the folder to work in: with a link to all that is in the folder of the code but its logs, which are those of
     * each job of its own.
     */
    void prepare(@Nullable Path code) throws IOException {
        OwnerOnly.folder(work());
        if (code == null) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(code.toRealPath())) {
            for (Path entry : entries) {
                Path link = work().resolve(entry.getFileName());
                if (!entry.getFileName().toString().equals(LOGS) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    /** The files of runs that the program has written until now: metrics and configs. */
    List<Path> runFiles(String project) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = work().resolve(LOGS).resolve(project);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.{csv,yaml}")) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of(); // it has written none yet
        }
        files.sort(null);
        return files;
    }

    /** The config, as text. */
    String readConfig() throws IOException {
        return Files.readString(config(), StandardCharsets.UTF_8);
    }
}
