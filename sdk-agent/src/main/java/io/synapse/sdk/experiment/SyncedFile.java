package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a job, as the server has it. Immutable.
 *
 * @param exists whether there is one
 * @param size its size in bytes
 * @param mtime when it was changed
 * @param hash XXH3-64 of its bytes, 16 hexadecimal digits
 * @param syncedAt when the server looked
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record SyncedFile(
        boolean exists,
        long size,
        @Nullable Instant mtime,
        @Nullable String hash,
        @Nullable Instant syncedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public SyncedFile {
        additionalProperties = Copies.of(additionalProperties);
    }
}
