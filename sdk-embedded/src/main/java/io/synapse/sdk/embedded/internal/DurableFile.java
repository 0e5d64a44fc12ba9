package io.synapse.sdk.embedded.internal;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files in one step: at any time, also after a loss of power, a file has what it had or all of the new content.
 * Only the server's user can read it. An interrupt does not end the writing.
 */
public final class DurableFile {
    /** How the names of files begin whose content is not complete; the end of the process can leave them behind. */
    public static final String UNFINISHED = ".unfinished-";

    private DurableFile() {}

    /** What a file is to have. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @return whether the file is to have it: else it stays as it is
         */
        boolean writeTo(OutputStream output) throws IOException;
    }

    /** How a complete file comes to its place. */
    @FunctionalInterface
    private interface Placement {
        void place(Path file, Path complete) throws IOException;
    }

    /**
     * Makes a file: on the disk when this returns.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one
     */
    public static void create(Path file, byte[] content) throws IOException {
        write(file, all(content), Files::createLink);
    }

    /** Replaces a file, or makes it: on the disk when this returns. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, all(content));
    }

    /**
     * Replaces a file, or makes it, unless the content says otherwise: on the disk when this returns.
     *
     * @return whether it was written
     */
    public static boolean replace(Path file, Content content) throws IOException {
        return write(
                file,
                content,
                (place, complete) -> Files.move(
                        complete, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    private static Content all(byte[] content) {
        return output -> {
            output.write(content);
            return true;
        };
    }

    private static boolean write(Path file, Content content, Placement placement) throws IOException {
        Path folder = file.resolveSibling(".");
        Path beside = Files.createTempFile(folder, UNFINISHED, null, OwnerOnly.file());
        try {
            boolean isWanted = write(beside, content);
            if (isWanted) {
                placement.place(file, beside);
                sync(folder);
            }
            return isWanted;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static boolean write(Path file, Content content) throws IOException {
        try (FileOutputStream output = new FileOutputStream(file.toFile())) { // which an interrupt does not close
            BufferedOutputStream buffered = new BufferedOutputStream(output);
            boolean isWanted = content.writeTo(buffered);
            buffered.flush();
            if (isWanted) {
                output.getFD().sync();
            }
            return isWanted;
        }
    }

    /** Makes sure that the content of a file, or the names in a folder, are on the disk. */
    public static void sync(Path path) throws IOException {
        boolean isInterrupted = false;
        try {
            while (!synced(path)) {
                isInterrupted = Thread.interrupted();
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it was not interrupted. */
    private static boolean synced(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
