package io.synapse.sdk.internal.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Writes a file as a whole: beside it first, so that it has what it had before or all of the new content. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes content.
     *
     * @param <T> what is known of the content once it is written
     */
    @FunctionalInterface
    public interface Content<T> {
        /** Writes all of it. */
        T writeTo(OutputStream output) throws IOException;
    }

    /**
     * Writes the file; what has been written is removed when that fails.
     *
     * @throws LocalFileException when the file cannot be written
     * @throws IOException of the content
     */
    public static <T> T write(Path target, Content<T> content) throws IOException {
        Path part = null;
        try {
            part = create(target);
            T result;
            try (OutputStream output = open(part, target)) {
                result = content.writeTo(output);
            }
            move(part, target);
            return result;
        } finally {
            deleteIfThere(part);
        }
    }

    private static Path create(Path target) throws LocalFileException {
        try {
            return Files.createTempFile(target.toAbsolutePath().getParent(), ".synapse-", ".part");
        } catch (IOException e) {
            throw LocalFileException.unwritable(target, e);
        }
    }

    private static OutputStream open(Path part, Path target) throws LocalFileException {
        try {
            return new Output(Files.newOutputStream(part), target);
        } catch (IOException e) {
            throw LocalFileException.unwritable(target, e);
        }
    }

    private static void move(Path part, Path target) throws LocalFileException {
        try {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw LocalFileException.unwritable(target, e);
        }
    }

    private static void deleteIfThere(@Nullable Path part) {
        if (part != null) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                part.toFile().deleteOnExit();
            }
        }
    }

    /** Tells failures of writing from those of what is written. */
    private static final class Output extends FilterOutputStream {
        private final Path target;

        Output(OutputStream part, Path target) {
            super(part);
            this.target = target;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw LocalFileException.unwritable(target, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw LocalFileException.unwritable(target, e);
            }
        }
    }
}
