package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a body, counts its bytes, and keeps what went wrong apart from what the reader makes of it. */
final class BodyStream extends InputStream {
    private final InputStream content;
    private long count;
    private boolean ended;
    private @Nullable IOException failure;

    BodyStream(InputStream content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = content.read(bytes, offset, length);
            ended |= read < 0;
            count += Math.max(read, 0);
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    long count() {
        return count;
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether the body was read to its end, if it need be by reading some more. */
    boolean drain(int most) throws IOException {
        byte[] rest = new byte[ended ? 0 : 4 << 10];
        for (int left = most; !ended && left > 0; ) {
            left -= Math.max(1, read(rest, 0, Math.min(rest.length, left)));
        }
        return ended;
    }
}
