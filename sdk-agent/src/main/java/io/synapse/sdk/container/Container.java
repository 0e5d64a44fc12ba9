package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A playground container, or its build while its image is being made (wire/agent.md, section 6). What a server leaves
 * out is null or empty. Immutable.
 *
 * @param id what to call it by: its record number or its Docker id, as the agent says it; null while there is only a
 *     build
 * @param status where it stands; {@link ContainerStatus#BUILDING} while there is only a build, {@code unknown} where
 *     the agent does not say
 * @param containerId its Docker id
 * @param name its name in Docker
 * @param image the image that it was made of
 * @param endpoint where its page is, once it runs: {@code http://host:port}
 * @param restarted whether an existing container was restarted
 * @param rebuilt whether there was a record of it, but its container was gone, so that it was made anew
 * @param error why it failed or exited, with the last lines of its log, as far as the agent knows
 * @param pluginRelease the release that it runs: {@code code@version}; null for one of an archive
 * @param model the model that it runs with
 * @param kind what it is for
 * @param backendContainerId the id of its record in the backend
 * @param params the parameters of its plugin
 * @param metadata words of the creator's own
 * @param labels labels of the creator's own
 * @param hostPort the port of the host that leads to it
 * @param createdAt when it was created
 * @param updatedAt when its record last changed
 * @param buildId the build that makes its image, to be followed with
 *     {@link ContainerOperations#tailBuildLogs(String)}
 * @param attrs the whole Docker inspection; only of a single container
 * @param additionalProperties fields that this version does not know
 */
public record Container(
        @Nullable String id,
        ContainerStatus status,
        @Nullable String containerId,
        @Nullable String name,
        @Nullable String image,
        @Nullable String endpoint,
        @Nullable Boolean restarted,
        @Nullable Boolean rebuilt,
        @Nullable String error,
        @Nullable String pluginRelease,
        @Nullable Long model,
        @Nullable ContainerKind kind,
        @Nullable Long backendContainerId,
        Map<String, @Nullable Object> params,
        Map<String, @Nullable Object> metadata,
        List<String> labels,
        @Nullable Integer hostPort,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable String buildId,
        Map<String, @Nullable Object> attrs,
        Map<String, @Nullable Object> additionalProperties)
        implements Serializable {
    private static final ContainerStatus UNKNOWN = new ContainerStatus("unknown");

    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Container {
        status = status != null ? status : id == null && buildId != null ? ContainerStatus.BUILDING : UNKNOWN;
        params = Copies.of(params);
        metadata = Copies.of(metadata);
        labels = Copies.of(labels);
        attrs = Copies.of(attrs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
