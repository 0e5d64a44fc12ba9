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
 * A folder of this machine that a job is to run in on a Ray cluster. When the job is submitted, what is in the folder is
 * packed and uploaded, unless the cluster has just that content already; 100 MiB at most, packed. Immutable: each method
 * gives a changed copy.
 *
 * <pre>{@code
 * JobSubmission.of("python main.py")
 *         .workingDirectory(WorkingDirectory.of(Path.of("trainer")).exclude("*.ckpt", "/data/"))
 * }</pre>
 *
 * <p>Left out is what the patterns say, in the words of <a href="https://git-scm.com/docs/gitignore">gitignore</a>: those
 * given here, and those in files named {@code .gitignore} and {@code .rayignore} in the folder and the folders in it; and,
 * as by Ray's own client, everything named {@code .git}, {@code .venv}, {@code venv} or {@code __pycache__}. Of these, a
 * pattern given here takes one back: {@code exclude("!venv")}; a pattern in a file does not. Case counts on every machine.
 * Links are followed. A name that Ray would leave out without a word, with a backslash in it, say, is refused. Empty
 * folders are kept, and so is whether a file is executable; dates are not.
 */
public final class WorkingDirectory extends ValueObject {
    private static final Key<Path> FOLDER = Key.of("folder");
    private static final Key<List<String>> EXCLUDES = new Key<>("excludes", List.of());
    private static final Key<List<String>> IGNORE_FILES = new Key<>("ignoreFiles", List.of(".gitignore", ".rayignore"));

    private WorkingDirectory(Attributes attributes) {
        super(attributes);
    }

    /**
     * All of a folder but what its ignore files name, and what is left out by default.
     *
     * @throws BadRequestException when it is no folder
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

    /** Patterns of what to leave out, relative to the folder; they are applied after those in files. None by default. */
    public List<String> excludes() {
        return attributes.get(EXCLUDES);
    }

    /** Also leaves out what these patterns match; one that begins with {@code !} takes back what one before it says. */
    public WorkingDirectory exclude(String... patterns) {
        return new WorkingDirectory(attributes.with(
                EXCLUDES,
                Stream.concat(excludes().stream(), Stream.of(patterns)).toList()));
    }

    /** The names of files with patterns, the later ones before the earlier ones; by default those named above. */
    public List<String> ignoreFiles() {
        return attributes.get(IGNORE_FILES);
    }

    /** Sets the names of files with patterns; none for no such files. */
    public WorkingDirectory ignoreFiles(List<String> names) {
        return new WorkingDirectory(attributes.with(IGNORE_FILES, names));
    }
}
