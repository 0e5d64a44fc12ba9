package io.synapse.sdk.embedded.internal.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A log that its job itself writes into a file of this machine.
 *
 * @param identity another one for another log
 * @param file the file; it need not exist yet
 * @param end what is known of its end, asked again and again
 */
public record FileLog(String identity, Path file, Supplier<LogState> end) implements Log {
    @Override
    public long largestOffset() {
        return file.toFile().length();
    }

    @Override
    public OptionalLong startOfLast(int lines) throws IOException {
        return OptionalLong.of(Files.exists(file) ? LogText.startOfLast(file, lines) : 0);
    }

    @Override
    public boolean differs(long length, int checksum) throws IOException {
        return Files.exists(file) && LogText.differs(file, length, checksum);
    }

    @Override
    public void copyTo(OutputStream target) throws IOException {
        if (Files.exists(file)) {
            LogText.copy(file, target);
        }
    }

    @Override
    public Followed follow() {
        return new FollowedFile(file, end);
    }

    /** A file needs nothing to be made ready. */
    private record FollowedFile(Path file, Supplier<LogState> end) implements Followed {
        @Override
        public LogState state() {
            return end.get();
        }

        @Override
        public void close() {}
    }
}
