package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Keeps content as long as it is small enough for {@link RecentContents}. Not thread-safe. */
final class SmallContent {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLong;

    void take(byte[] piece, int offset, int length) {
        tooLong |= bytes.size() + length > RecentContents.MOST_BYTES;
        if (!tooLong) {
            bytes.write(piece, offset, length);
        }
    }

    /** All of it; empty when it is too long. */
    Optional<byte[]> bytes() {
        return tooLong ? Optional.empty() : Optional.of(bytes.toByteArray());
    }
}
