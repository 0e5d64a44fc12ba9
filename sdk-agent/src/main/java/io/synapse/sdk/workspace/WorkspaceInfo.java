package io.synapse.sdk.workspace;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that is open on an agent. Immutable.
 *
 * @param id its id on the agent
 * @param containerId the id of its container
 * @param openedAt when it was opened
 * @param lastUsedAt when it was last asked for something, or a command of it ran
 * @param additionalProperties fields unknown to this version
 */
public record WorkspaceInfo(
        String id,
        String containerId,
        @Nullable Instant openedAt,
        @Nullable Instant lastUsedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public WorkspaceInfo {
        additionalProperties = Copies.of(additionalProperties);
    }
}
