package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, for display. Immutable.
 *
 * @param path its path at the server
 * @param name its name
 * @param size its size in bytes
 * @param mimeType its media type
 * @param extension the end of its name, with the dot
 * @param previewType the form of the preview: {@code text}, {@code image} and others
 * @param content the preview
 * @param metadata what else is known of it
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ArtifactPreview(
        @Nullable String path,
        @Nullable String name,
        @Nullable Long size,
        @Nullable String mimeType,
        @Nullable String extension,
        @Nullable String previewType,
        @Nullable String content,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ArtifactPreview {
        metadata = Copies.of(metadata);
        additionalProperties = Copies.of(additionalProperties);
    }
}
