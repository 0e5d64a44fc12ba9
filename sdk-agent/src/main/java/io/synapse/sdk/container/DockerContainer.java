package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Docker container of the host, in Docker's words: an open object. Immutable.
 *
 * @param id its Docker id
 * @param name its name
 * @param status where it stands
 * @param image the image that it was made of
 * @param additionalProperties fields that this version does not know
 */
public record DockerContainer(
        @Nullable String id,
        @Nullable String name,
        @Nullable String status,
        @Nullable String image,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public DockerContainer {
        additionalProperties = Copies.of(additionalProperties);
    }
}
