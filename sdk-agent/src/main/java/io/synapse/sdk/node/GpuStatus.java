package io.synapse.sdk.node;

import io.synapse.sdk.agent.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of all nodes together: an open object, whose fields depend on the agent. Immutable.
 *
 * @param additionalProperties fields that this version does not know
 */
public record GpuStatus(Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public GpuStatus {
        additionalProperties = Copies.of(additionalProperties);
    }
}
