package io.synapse.sdk.experiments.internal.file;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file for as long as bytes are only added to it, with the hash of its beginning, so that whoever reads what
 * was added need not read the beginning again to know that it is the same. Thread-safe.
 */
public final class GrowingContent {
    private @Nullable Beginning beginning;

    private record Beginning(long length, ContentHash hash) {}

    /** The hash of the first bytes, when it was noted; to be gone on with by the caller. */
    public synchronized Optional<ContentHash> hashOfFirst(long length) {
        return Optional.ofNullable(beginning)
                .filter(known -> known.length() == length)
                .map(known -> known.hash().copy());
    }

    /** Notes the hash of the first bytes in place of what was noted before. */
    public synchronized void note(long length, ContentHash hash) {
        beginning = new Beginning(length, hash.copy());
    }
}
