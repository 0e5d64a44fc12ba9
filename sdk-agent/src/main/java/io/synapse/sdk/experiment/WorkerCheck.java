package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker found out about a configuration by running its command for that. Immutable.
 *
 * @param hostId the worker
 * @param exitCode of the command: 0 when the configuration is right
 * @param output of the command: of a long one, the last 64 KiB
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record WorkerCheck(
        @Nullable String hostId,
        @Nullable Integer exitCode,
        @Nullable String output,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies it otherwise. */
    public WorkerCheck {
        additionalProperties = Copies.of(additionalProperties);
    }
}
