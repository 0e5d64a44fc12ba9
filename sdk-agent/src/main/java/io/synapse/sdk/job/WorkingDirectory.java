package io.synapse.sdk.job;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
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
 * given here, and those in files named {@code .gitignore} and {@code .rayignore} in the folder and the folders in it; and
 * {@code .git}. Case counts on every machine. Links are followed. A name that Ray would leave out without a word, with a
 * backslash in it, say, is refused. Empty folders are kept, and so is whether a file is executable; dates are not.
 *
 * @param folder the folder
 * @param excludes patterns of what to leave out, relative to the folder; they go before those in files
 * @param ignoreFiles names of files with patterns, the later ones going before the earlier ones
 */
public record WorkingDirectory(Path folder, List<String> excludes, List<String> ignoreFiles) {
    private static final List<String> USUAL_IGNORE_FILES = List.of(".gitignore", ".rayignore");

    /**
     * Checks that the folder is there.
     *
     * @throws BadRequestException when it is no folder
     */
    public WorkingDirectory {
        if (!Files.isDirectory(folder)) {
            throw BadRequestException.refused("the working directory is no folder: " + folder);
        }
        excludes = Copies.of(excludes);
        ignoreFiles = Copies.of(ignoreFiles);
    }

    /**
     * All of a folder but what its ignore files name.
     *
     * @throws BadRequestException when it is no folder
     */
    public static WorkingDirectory of(Path folder) {
        return new WorkingDirectory(folder, List.of(), USUAL_IGNORE_FILES);
    }

    /** The same without what these patterns match. */
    public WorkingDirectory exclude(String... patterns) {
        List<String> more =
                Stream.concat(excludes.stream(), Stream.of(patterns)).toList();
        return new WorkingDirectory(folder, more, ignoreFiles);
    }

    /** The same, with patterns in files of these names only; none for no such files. */
    public WorkingDirectory ignoreFiles(List<String> names) {
        return new WorkingDirectory(folder, excludes, names);
    }
}
