package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * A plugin unpacked in a folder. A link in it is refused wherever it leads, as in an archive.
 *
 * @param place what to call it in a sentence
 * @param folder the folder itself; may be a link, for the one who runs the agent put it there
 * @param limits how large it may be
 */
record UnpackedFolder(String place, Path folder, Limits limits) implements PluginFiles {
    @Override
    public Opened open() throws IOException {
        Walk walk = new Walk(folder.toRealPath());
        Files.walkFileTree(walk.root, walk);
        return new OpenedFolder(walk.table.files(), limits.forFolder(place));
    }

    /** Notes every file; does not follow links. */
    private final class Walk extends SimpleFileVisitor<Path> {
        private final FileTable<Path> table = new FileTable<>(place);
        private final Path root;
        private int entries;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            if (visited.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            count();
            return table.leavesOut(inPlugin(visited)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
            count();
            String path = inPlugin(visited);
            if (table.leavesOut(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                throw table.refused(path, "is a symbolic link; only plain files and folders can be used");
            }
            if (!attributes.isRegularFile()) {
                throw table.refused(path, "is neither a file nor a folder");
            }
            table.addFile(path, visited);
            return FileVisitResult.CONTINUE;
        }

        private String inPlugin(Path visited) {
            StringJoiner path = new StringJoiner("/");
            root.relativize(visited).forEach(name -> path.add(name.toString()));
            return path.toString();
        }

        private void count() {
            if (++entries > limits.entries()) {
                throw new RefusedException(400, limits.tooMany(place));
            }
        }
    }

    private record OpenedFolder(SortedMap<String, Path> files, Budget budget) implements Opened {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(files.keySet());
        }

        @Override
        public InputStream read(String path) throws IOException {
            Path file = files.get(path);
            if (file == null) {
                throw new IllegalArgumentException("no such file: " + path);
            }
            return budget.meter(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void close() {}
    }
}
