package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Compose configuration of an agent, as the agent found it out. What a server leaves out is null or empty.
 * Immutable.
 *
 * @param workingDir the folder of the host that the configuration is in
 * @param configFiles the files it is made of
 * @param isGpuMode whether the agent was deployed for GPUs
 * @param additionalProperties fields that this version does not know
 */
public record ComposeConfig(
        @Nullable String workingDir,
        List<String> configFiles,
        @Nullable Boolean isGpuMode,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ComposeConfig {
        configFiles = Copies.of(configFiles);
        additionalProperties = Copies.of(additionalProperties);
    }
}
