package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Compose configuration of an agent. Fields that the server omits are null or empty. Immutable.
 *
 * @param workingDir the folder of the configuration on the host
 * @param configFiles its files
 * @param isGpuMode whether the agent was deployed for GPUs
 * @param additionalProperties fields unknown to this version
 */
public record ComposeConfig(
        @Nullable String workingDir,
        List<String> configFiles,
        @Nullable Boolean isGpuMode,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ComposeConfig {
        configFiles = Copies.of(configFiles);
        additionalProperties = Copies.of(additionalProperties);
    }
}
