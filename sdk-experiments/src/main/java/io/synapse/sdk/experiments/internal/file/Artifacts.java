package io.synapse.sdk.experiments.internal.file;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that clients keep with their runs, by paths below one folder. Thread-safe. */
public final class Artifacts {
    /** Of file systems. */
    private static final int MAX_NAME_BYTES = 255;

    private final Path root;

    /** Those in this folder, which is made when it is needed. */
    public Artifacts(Path root) {
        this.root = root;
    }

    /** A file or a folder. */
    public record Entry(String name, boolean isFolder, long size) {}

    /** Puts a file in place of what is there, in one step, when all of it has come; it is on the disk when this returns. */
    public void put(String path, InputStream content) throws IOException {
        Path file = resolve(path);
        OwnerOnly.folder(file.resolveSibling(".").normalize());
        DurableFile.replace(file, output -> {
            content.transferTo(output);
            return true;
        });
    }

    /**
     * The file of a path.
     *
     * @throws Failure 404 when there is none
     */
    public Path get(String path) {
        Path file = resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.notFound("No such artifact: " + path);
        }
        return file;
    }

    /** Deletes a file, or a folder with all that is in it; does nothing when there is none. */
    public void delete(String path) throws IOException {
        Path file = resolve(path);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            FileTree.delete(file);
        }
    }

    /** The files in a folder and in those below it, by their paths below it; the first so many. */
    public Map<String, Path> files(String path, int most) throws IOException {
        Path folder = resolve(path);
        Map<String, Path> files = new LinkedHashMap<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && !name(file).startsWith(DurableFile.UNFINISHED))
                        .limit(most)
                        .sorted()
                        .forEach(file -> files.put(folder.relativize(file).toString(), file));
            }
        }
        return files;
    }

    /** What is in a folder; nothing when there is none. */
    public List<Entry> list(String path) throws IOException {
        Path folder = path.isEmpty() ? root : resolve(path);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> !Files.isSymbolicLink(file) && !name(file).startsWith(DurableFile.UNFINISHED))
                    .sorted()
                    .map(file -> new Entry(
                            name(file), Files.isDirectory(file), file.toFile().length()))
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Clients give names such as {@code loss%step%0.png}, of any language. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && !name.startsWith(DurableFile.UNFINISHED)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                && name.chars().noneMatch(character -> Character.isISOControl(character) || character == '\\');
    }

    private Path resolve(String path) {
        Path at = root;
        for (String name : path.split("/", -1)) {
            if (!isName(name)) {
                throw Failure.badRequest("Invalid path: " + path);
            }
            at = child(at, name);
            if (Files.isSymbolicLink(at)) {
                throw Failure.badRequest("Invalid path: " + path);
            }
        }
        return at;
    }

    /** Under a POSIX locale, Java can name no file with a letter beyond ASCII. */
    private static Path child(Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw Failure.badRequest("Invalid path: no file of this server can be named " + name + ": " + e.getReason()
                    + "; its locale decides, such as LC_ALL=C.UTF-8");
        }
    }
}
