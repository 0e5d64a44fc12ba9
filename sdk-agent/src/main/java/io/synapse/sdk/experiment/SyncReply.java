package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a part of a file. Immutable.
 *
 * @param message a confirmation
 * @param bytesSynced the bytes that were new
 * @param size the size of the file then, in bytes (servers of this project)
 * @param hash XXH3-64 of the file then (servers of this project)
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record SyncReply(
        @Nullable String message,
        @Nullable Long bytesSynced,
        @Nullable Long size,
        @Nullable String hash,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public SyncReply {
        additionalProperties = Copies.of(additionalProperties);
    }
}
