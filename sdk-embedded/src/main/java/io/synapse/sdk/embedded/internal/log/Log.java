package io.synapse.sdk.embedded.internal.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The log of a job or of a build. Safe for use by several threads. */
public interface Log {
    /** Another one for another log, also for one of a later job of the same id. */
    String identity();

    /**
     * Where the last lines begin, in bytes; empty when that cannot be found out.
     *
     * @param lines how many; a line without its end counts
     */
    default OptionalLong startOfLast(int lines) throws IOException {
        return OptionalLong.empty();
    }

    /**
     * Whether the log begins with other bytes than a reader has read; false when that cannot be found out.
     *
     * @param length how many he has read
     * @param checksum CRC-32C of these
     */
    default boolean differs(long length, int checksum) throws IOException {
        return false;
    }

    /** The largest offset at which a reader may begin now, in bytes. */
    long largestOffset();

    /** Writes the whole log as UTF-8 text, as far as it goes now. What is not UTF-8 becomes U+FFFD. */
    void copyTo(OutputStream target) throws IOException;

    /** Makes the log ready for one follower, who closes this when he has finished. */
    Followed follow() throws IOException;

    /** A log that somebody follows: a file, and what is known of its end. */
    interface Followed extends AutoCloseable {
        /** The file; it need not exist yet. */
        Path file();

        /** What is known of its end at this moment; cheap. */
        LogState state();

        @Override
        void close();
    }
}
