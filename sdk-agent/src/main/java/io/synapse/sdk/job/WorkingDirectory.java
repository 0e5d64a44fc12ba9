package io.synapse.sdk.job;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local folder that is the working directory of a job on a Ray cluster. On submission its content is packed and
 * uploaded, unless the cluster already has the same content; at most 100 MiB, packed. Immutable: each setter returns a
 * modified copy.
 *
 * <pre>{@code
 * JobSubmission.of("python main.py")
 *         .workingDirectory(WorkingDirectory.of(Path.of("trainer")).exclude("*.ckpt", "/data/"))
 * }</pre>
 *
 * <p>Excluded are files that match a pattern in the syntax of
 * <a href="https://git-scm.com/docs/gitignore">gitignore</a>: patterns given here, and patterns in files named
 * {@code .gitignore} and {@code .rayignore} in the folder and its subfolders. As in Ray's own client, everything named
 * {@code .git}, {@code .venv}, {@code venv} or {@code __pycache__} is excluded too; a pattern given here can include it
 * again ({@code exclude("!venv")}), a pattern in a file cannot. Patterns are case-sensitive on every platform. Links
 * are followed. Names that Ray would silently skip, such as names with a backslash, are rejected. Empty folders and the
 * executable flag are preserved; times are not.
 */
public final class WorkingDirectory extends ValueObject {
    private static final Key<Path> FOLDER = Key.of("folder");
    private static final Key<List<String>> EXCLUDES = new Key<>("excludes", List.of());
    private static final Key<List<String>> IGNORE_FILES = new Key<>("ignoreFiles", List.of(".gitignore", ".rayignore"));

    private WorkingDirectory(Attributes attributes) {
        super(attributes);
    }

    /**
     * A folder without the files that its ignore files and the defaults exclude.
     *
     * @throws BadRequestException when it is not a folder
     */
    public static WorkingDirectory of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw BadRequestException.refused("the working directory is no folder: " + folder);
        }
        return new WorkingDirectory(Attributes.NONE.with(FOLDER, folder));
    }

    /** The folder. */
    public Path folder() {
        return attributes.get(FOLDER);
    }

    /** The exclude patterns, relative to the folder; they take precedence over those in files. None by default. */
    public List<String> excludes() {
        return attributes.get(EXCLUDES);
    }

    /** Adds exclude patterns; one that begins with {@code !} includes again what an earlier one excludes. */
    public WorkingDirectory exclude(String... patterns) {
        return new WorkingDirectory(attributes.with(
                EXCLUDES,
                Stream.concat(excludes().stream(), Stream.of(patterns)).toList()));
    }

    /** The names of ignore files, in ascending precedence; by default those named above. */
    public List<String> ignoreFiles() {
        return attributes.get(IGNORE_FILES);
    }

    /** Sets the names of ignore files; an empty list for none. */
    public WorkingDirectory ignoreFiles(List<String> names) {
        return new WorkingDirectory(attributes.with(IGNORE_FILES, names));
    }
}
