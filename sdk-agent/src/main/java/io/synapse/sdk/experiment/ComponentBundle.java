package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The components of a configuration. Immutable.
 *
 * @param files the components
 * @param totalSize their size, in bytes
 * @param totalHash the hash of all of them
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentBundle(
        List<ComponentDetails> files,
        @Nullable Long totalSize,
        @Nullable String totalHash,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ComponentBundle {
        files = Copies.of(files);
        additionalProperties = Copies.of(additionalProperties);
    }
}
