package io.synapse.sdk.experiments.internal.file;

import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.experiments.internal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/** The output of jobs, as far as their workers have sent it. Thread-safe. */
public final class JobLogs {
    /** The most that one answer has. */
    public static final int MAX_READ = 4 << 20;

    private final ExperimentFolders folders;

    public JobLogs(ExperimentFolders folders) {
        this.folders = folders;
    }

    /** One of the outputs of a program. */
    public enum Stream {
        STDOUT("terminal_log.log"),
        STDERR("terminal_err.log");

        private final String file;

        Stream(String file) {
            this.file = file;
        }

        /** The stream of this word: {@code stdout} or {@code stderr}. */
        public static Stream of(String word) {
            return switch (word) {
                case "stdout" -> STDOUT;
                case "stderr" -> STDERR;
                default -> throw Failure.badRequest("stream is stdout or stderr");
            };
        }

        /** The stream of a file, if it is one of the two; the guide's names are other names of the same files. */
        static Optional<Stream> ofFile(String name) {
            return switch (name) {
                case "terminal_log.log", "stdout.log" -> Optional.of(STDOUT);
                case "terminal_err.log", "stderr.log" -> Optional.of(STDERR);
                default -> Optional.empty();
            };
        }

        /** As it is written in events. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String fileName() {
            return file;
        }
    }

    /**
     * Some bytes of a log, which may begin and end within a character.
     *
     * @param size of the whole log
     */
    public record Slice(byte[] bytes, long size) {}

    /** Whether there is a log. */
    public boolean exists(String uid, Stream stream) {
        return Files.isRegularFile(file(uid, stream), LinkOption.NOFOLLOW_LINKS);
    }

    /** The file of a log, to be read as a whole. */
    public Path file(String uid, Stream stream) {
        return ExperimentFolders.file(folders.job(uid), stream.fileName());
    }

    /**
     * The bytes from an offset on.
     *
     * @param limit the most there are to be; never more than {@link #MAX_READ}
     * @throws Failure 404 when there is no log, 416 when it is shorter
     */
    public Slice read(String uid, Stream stream, long offset, long limit) {
        if (!exists(uid, stream)) {
            throw Failure.notFound("Log file not found for job: " + uid);
        }
        try (FileChannel channel =
                FileChannel.open(file(uid, stream), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (offset > size) {
                throw Failure.of(416, "Range Not Satisfiable", "the log has " + size + " bytes, fewer than " + offset);
            }
            int length = (int) Math.min(Math.min(limit, MAX_READ), size - offset);
            return new Slice(FileRange.read(channel, offset, length), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both logs as one text, the last part of each; a sentence when there are none. */
    public String text(String uid) {
        StringBuilder text = new StringBuilder();
        for (Stream stream : Stream.values()) {
            if (exists(uid, stream)) {
                long size = read(uid, stream, 0, 0).size();
                byte[] bytes = read(uid, stream, Math.max(0, size - MAX_READ), MAX_READ)
                        .bytes();
                text.append("=== ").append(stream).append(" ===\n").append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return text.isEmpty() ? "Log files not created yet (experiment may not have started)" : text.toString();
    }
}
