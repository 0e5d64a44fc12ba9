package io.synapse.sdk;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request. Immutable; never logged. */
public sealed interface RequestContent {
    /**
     * A JSON document.
     *
     * @param value the value to write: a record, map, list or simple value
     */
    record Json(Object value) implements RequestContent {
        @Override
        public String toString() {
            return "JSON";
        }
    }

    /**
     * The bytes of a file, read from disk while they are sent, again for each attempt.
     *
     * @param file the file
     */
    record Bytes(Path file) implements RequestContent {
        @Override
        public String toString() {
            return "bytes of " + file.getFileName();
        }
    }

    /**
     * Bytes in memory, which are not to be changed any more.
     *
     * @param contentType their media type
     * @param bytes the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Data(String contentType, byte[] bytes) implements RequestContent {
        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /**
     * A {@code multipart/form-data} body: fields and files, in order. Files are read from disk while they are sent,
     * again for each attempt.
     *
     * @param parts the parts in order
     * @param progress called while files are sent
     */
    record Multipart(List<Part> parts, UploadProgress progress) implements RequestContent {
        /** Keeps a copy of the parts. */
        public Multipart {
            parts = List.copyOf(parts);
        }

        /** An empty form. */
        public static Multipart empty() {
            return new Multipart(List.of(), UploadProgress.IGNORED);
        }

        /** The same form with one more text field. */
        public Multipart field(String name, String value) {
            return with(new Field(name, value));
        }

        /** The same form with one more field that is a JSON document. */
        public Multipart json(String name, Object value) {
            return with(new JsonField(name, value));
        }

        /**
         * The same form with one more file.
         *
         * @throws BadRequestException with a {@link NoSuchFileException} as its cause when there is no such file
         */
        public Multipart file(String name, Path file) {
            if (!Files.isRegularFile(file)) {
                throw new BadRequestException(
                        Failure.of(400, "there is no such file: " + file), new NoSuchFileException(file.toString()));
            }
            return with(new File(name, file));
        }

        /**
         * The same form with one more file, whose content is in memory.
         *
         * @param fileName the name of the file
         * @param content not to be changed until the request has ended
         */
        public Multipart file(String name, String fileName, byte[] content) {
            return with(new FileContent(name, fileName, content));
        }

        /** The same form with another listener for its progress. */
        public Multipart onProgress(UploadProgress listener) {
            return new Multipart(parts, listener);
        }

        private Multipart with(Part part) {
            List<Part> more = new ArrayList<>(parts);
            more.add(part);
            return new Multipart(more, progress);
        }

        @Override
        public String toString() {
            return "multipart form of " + parts.size() + " parts";
        }
    }

    /** One part of a form. */
    sealed interface Part {
        /** The name of the field. */
        String name();
    }

    /**
     * A text field.
     *
     * @param name the name of the field
     * @param value its text
     */
    record Field(String name, String value) implements Part {
        @Override
        public String toString() {
            return "field " + name;
        }
    }

    /**
     * A field that is a JSON document.
     *
     * @param name the name of the field
     * @param value the value to write as JSON
     */
    record JsonField(String name, @Nullable Object value) implements Part {
        @Override
        public String toString() {
            return "JSON field " + name;
        }
    }

    /**
     * A file.
     *
     * @param name the name of the field
     * @param path the path of the file; its last segment is sent as the file name
     */
    record File(String name, Path path) implements Part {}

    /**
     * A file whose content is in memory.
     *
     * @param name the name of the field
     * @param fileName the name of the file
     * @param content its bytes, which are not to be changed any more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record FileContent(String name, String fileName, byte[] content) implements Part {
        @Override
        public String toString() {
            return "file " + fileName + " of " + content.length + " bytes";
        }
    }

    /** Receives the progress of an upload, on the thread that sends. Must not block. */
    @FunctionalInterface
    interface UploadProgress {
        /** Ignores the progress. */
        UploadProgress IGNORED = (sent, total) -> {};

        /**
         * More bytes of the files were sent.
         *
         * @param sent bytes sent so far, of all files together; restarts at 0 with each attempt
         * @param total bytes of all files together
         */
        void sent(long sent, long total);
    }
}
