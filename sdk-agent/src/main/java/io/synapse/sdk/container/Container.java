package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A playground container, or its build while its image is being made (wire/agent.md, section 6). What a server leaves
 * out is null or empty. Immutable.
 *
 * @param id its record number or its Docker id, as the agent says it
 * @param status where it stands, in Docker's words
 * @param name its name in Docker
 * @param image the image that it was made of
 * @param endpoint where its page is, once it runs
 * @param restarted whether an existing container was restarted
 * @param pluginRelease the release that it runs: code@version
 * @param model the model that it runs with
 * @param hostPort the port of the host that leads to it
 * @param createdAt when it was created
 * @param updatedAt when its record last changed
 * @param buildId the build that makes its image; its other fields are null until that is done
 * @param attrs the whole Docker inspection; only of a single container
 * @param additionalProperties fields that this version does not know
 */
public record Container(
        @Nullable String id,
        @Nullable String status,
        @Nullable String name,
        @Nullable String image,
        @Nullable String endpoint,
        @Nullable Boolean restarted,
        @Nullable String pluginRelease,
        @Nullable Long model,
        @Nullable Integer hostPort,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable String buildId,
        Map<String, @Nullable Object> attrs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Container {
        attrs = Copies.of(attrs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
