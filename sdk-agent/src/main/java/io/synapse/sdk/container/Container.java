package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A playground container, or its build while its image is being built (wire/agent.md, section 6). Fields that the
 * server omits are null or empty. Immutable.
 *
 * @param id its id: its record number or its Docker id, as sent by the agent; null while there is only a build
 * @param status its status; {@link ContainerStatus#BUILDING} while there is only a build, {@code unknown} if the agent
 *     sends none
 * @param containerId its Docker id
 * @param name its name in Docker
 * @param image its image
 * @param endpoint the URL of its page while it runs: {@code http://host:port}
 * @param restarted whether an existing container was restarted
 * @param rebuilt whether its record existed without a container, which was therefore created again
 * @param error why it failed or exited, with the last lines of its log, if known
 * @param pluginRelease its release: {@code code@version}; null if it was created from an archive
 * @param model the id of its model
 * @param kind its purpose
 * @param backendContainerId the id of its record in the backend
 * @param params the parameters of its plugin
 * @param metadata data set by the creator
 * @param labels labels set by the creator
 * @param hostPort its port on the host
 * @param createdAt when it was created
 * @param updatedAt when its record last changed
 * @param buildId the id of the build of its image, for {@link ContainerOperations#tailBuildLogs(String)}
 * @param attrs the complete Docker inspection; only for a single container
 * @param additionalProperties fields unknown to this version
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

    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Container {
        status = status != null ? status : id == null && buildId != null ? ContainerStatus.BUILDING : UNKNOWN;
        params = Copies.of(params);
        metadata = Copies.of(metadata);
        labels = Copies.of(labels);
        attrs = Copies.of(attrs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
