package io.synapse.sdk.ray.internal.upload;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.job.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files of a working directory to pack. Used once. */
final class FolderContent {
    /** The defaults of Ray's own client (RAY_RUNTIME_ENV_DEFAULT_EXCLUDES of its ray_constants.py). */
    private static final IgnoreFile DEFAULTS = IgnoreFile.of("", List.of(".git", ".venv", "venv", "__pycache__"));

    private final WorkingDirectory directory;
    private final IgnoreFile excludes;

    /** The ignore files that apply to the current folder, in descending precedence. */
    private final Deque<IgnoreFile> ignoreFiles = new ArrayDeque<>();

    /** The real paths of the current folder and its parents. */
    private final Deque<Path> ancestors = new ArrayDeque<>();

    private final List<Entry> entries = new ArrayList<>();

    private FolderContent(WorkingDirectory directory) {
        this.directory = directory;
        this.excludes = IgnoreFile.of("", directory.excludes());
    }

    /**
     * A file or folder to pack.
     *
     * @param name its path relative to the working directory, with slashes; a folder's ends with one
     * @param file the file
     */
    record Entry(String name, Path file) {
        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    /**
     * The entries to pack: the content of each folder follows it, in the order of names.
     *
     * @throws BadRequestException when something cannot be read, or a link points to a folder that contains it
     * @throws IOException when the disk fails
     */
    static List<Entry> of(WorkingDirectory directory) throws IOException {
        FolderContent content = new FolderContent(directory);
        content.addFolder("", directory.folder());
        return content.entries;
    }

    private void addFolder(String base, Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (ancestors.contains(real)) {
            throw BadRequestException.refused("the working directory cannot be packed: the link " + folder
                    + " leads back to a folder that it is in");
        }
        ancestors.push(real);
        int before = ignoreFiles.size();
        readIgnoreFiles(base, folder);
        for (Path child : children(folder)) {
            add(base + nameOf(child), child);
        }
        while (ignoreFiles.size() > before) {
            ignoreFiles.pop();
        }
        ancestors.pop();
    }

    private void add(String name, Path file) throws IOException {
        boolean isFolder = Files.isDirectory(file);
        if (isExcluded(name, isFolder)) {
            return;
        }
        requireUnpackable(name, file);
        if (isFolder) {
            entries.add(new Entry(name + "/", file));
            addFolder(name + "/", file);
        } else if (Files.isRegularFile(file)) {
            requireReadable(file);
            entries.add(new Entry(name, file));
        } else if (!Files.exists(file)) {
            throw BadRequestException.refused(
                    "the working directory cannot be packed: the link " + file + " leads nowhere");
        }
    }

    /** The defaults take precedence over ignore files, whose patterns for all folders do not apply to {@code .git}. */
    private boolean isExcluded(String name, boolean isFolder) {
        return Stream.concat(Stream.of(excludes, DEFAULTS), ignoreFiles.stream())
                .map(file -> file.excludes(name, isFolder))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(false);
    }

    private void readIgnoreFiles(String base, Path folder) throws IOException {
        for (String name : directory.ignoreFiles()) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                requireReadable(file);
                // Files.readString would fail on invalid UTF-8
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                ignoreFiles.push(IgnoreFile.of(base, List.of(text.split("\n"))));
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        requireReadable(folder);
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted(Comparator.comparing(FolderContent::nameOf)).toList();
        }
    }

    /** From its URI, which has the bytes of the name; {@code toString()} loses them in a locale without UTF-8. */
    private static String nameOf(Path file) {
        String path = file.toUri().getPath();
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** Ray silently skips such names when it unpacks: on Windows they would point out of the folder. */
    private static void requireUnpackable(String name, Path file) {
        if (name.indexOf('\\') >= 0 || name.startsWith(":", 1)) {
            throw BadRequestException.refused(
                    "the working directory cannot be packed: Ray does not unpack names such as " + file
                            + ", with a backslash in it, or a colon as the second character of all");
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw BadRequestException.refused("the working directory cannot be packed: " + file + " cannot be read");
        }
    }
}
