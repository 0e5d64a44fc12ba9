package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /**
     * Deletes the folder and all that is in it, also from folders that are read-only; does nothing where there is none.
     * Links are deleted, not followed. What others delete meanwhile is no error.
     *
     * @throws IOException when some of it cannot be deleted; the rest is
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Deletion deletion = new Deletion();
        Files.walkFileTree(folder, deletion);
        if (deletion.failure != null) {
            throw deletion.failure;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        private static final Set<PosixFilePermission> NEEDED = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

        @Nullable
        IOException failure;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            makeWritable(folder);
            return FileVisitResult.CONTINUE;
        }

        /** Also a folder that could not be listed; it can be, once it is readable. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            boolean isHidden = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file);
            if (isHidden) {
                makeWritable(file);
            }
            if (isHidden && Files.isReadable(file)) {
                Files.walkFileTree(file, this);
            } else {
                failed(why);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) {
            delete(folder);
            return FileVisitResult.CONTINUE;
        }

        private void delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                failed(e);
            }
        }

        private void failed(IOException why) {
            failure = failure == null ? why : failure;
        }

        private void makeWritable(Path folder) {
            try {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
                if (permissions.addAll(NEEDED)) {
                    Files.setPosixFilePermissions(folder, permissions);
                }
            } catch (NoSuchFileException e) {
                return; // deleted by others
            } catch (IOException e) {
                failed(e);
            }
        }
    }
}
