package io.synapse.sdk.experiments.internal.file;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where files are in the data directory. Every name is checked and links are refused, so that no path leads out of it
 * (wire/experiments.md, section 9). Thread-safe.
 */
public final class ExperimentFolders {
    /** The longest name of a run and an ending. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._ -]{0,119}");

    private final Path data;

    /**
     * Makes the folders where there are none.
     *
     * @param data the data directory, without links
     */
    public ExperimentFolders(Path data) throws IOException {
        this.data = data;
        OwnerOnly.folder(logs());
        OwnerOnly.folder(data.resolve("queue_logs"));
    }

    /** The folder of the projects' folders. */
    public Path logs() {
        return data.resolve("logs");
    }

    /** The folder of a project, whether or not there is one. */
    public Path project(String project) {
        return withoutLink(logs().resolve(Names.checked("project", project)));
    }

    /** The folder of a job's logs, whether or not there is one. */
    public Path job(String uid) {
        return withoutLink(data.resolve("queue_logs").resolve(Names.checkedUid(uid)));
    }

    /** A file in one of these folders, whether or not there is one. */
    public static Path file(Path folder, String name) {
        if (!isFileName(name)) {
            throw Failure.badRequest(
                    "the name of a file has at most 120 letters, digits, spaces and . _ -, begins with none"
                            + " of . and -, and has no ..");
        }
        return withoutLink(folder.resolve(name));
    }

    /** Whether a file can have that name. */
    public static boolean isFileName(String name) {
        return FILE.matcher(name).matches() && !name.contains("..");
    }

    /** The path of a file as it is written in answers: below the data directory. */
    public String relative(Path file) {
        return data.relativize(file).toString();
    }

    /**
     * The regular file of a path that a caller gave.
     *
     * @param path below the data directory, or below {@code logs}
     * @throws Failure 404 when there is none, be it because the path leads elsewhere
     */
    public Path existing(String path) {
        Path below = logs();
        String rest = path.startsWith("logs/") ? path.substring("logs/".length()) : path;
        for (String name : rest.split("/", -1)) {
            if (!isFileName(name)) {
                throw Failure.notFound("Artifact file not found: " + path);
            }
            below = below.resolve(name);
            if (Files.isSymbolicLink(below)) {
                throw Failure.notFound("Artifact file not found: " + path);
            }
        }
        if (!Files.isRegularFile(below, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.notFound("Artifact file not found: " + path);
        }
        return below;
    }

    private static Path withoutLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw Failure.badRequest("links are not followed: " + path.getFileName());
        }
        return path;
    }
}
