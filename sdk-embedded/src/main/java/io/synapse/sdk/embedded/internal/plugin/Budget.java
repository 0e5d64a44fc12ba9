package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A number of bytes that may be read, counted as they come: what headers say of sizes is not to be trusted. */
final class Budget {
    private final String sentence;
    private long left;

    /**
     * A budget of which nothing is spent.
     *
     * @param sentence what to answer when it is exceeded
     */
    Budget(long bytes, String sentence) {
        left = bytes;
        this.sentence = sentence;
    }

    /** The same content, at the expense of this budget. Its reader is refused once that is exceeded. */
    InputStream meter(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                spend(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                spend(Math.max(0, count));
                return count;
            }

            /** Skipped bytes would not be counted. */
            @Override
            public long skip(long count) throws IOException {
                return readNBytes((int) Math.min(count, 8192)).length;
            }
        };
    }

    /** Takes so many bytes. */
    void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw exceeded();
        }
    }

    /** The refusal of one who wants more than there is. */
    RefusedException exceeded() {
        return new RefusedException(400, sentence);
    }
}
