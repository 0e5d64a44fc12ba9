package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a run. Immutable.
 *
 * @param name its name
 * @param type its kind: {@code config}, {@code metrics}, {@code checkpoint}; null in a list of logs
 * @param path its path at the server, by which it is downloaded
 * @param size its size in bytes
 * @param lastModified when it was changed
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record RunFile(
        @Nullable String name,
        @Nullable String type,
        @Nullable String path,
        @Nullable Long size,
        @Nullable Instant lastModified,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public RunFile {
        additionalProperties = Copies.of(additionalProperties);
    }
}
