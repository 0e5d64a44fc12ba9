package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run, by their paths at the server. Immutable.
 *
 * @param configFiles configurations
 * @param logFiles metrics and logs
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record RunFiles(
        List<String> configFiles, List<String> logFiles, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public RunFiles {
        configFiles = Copies.of(configFiles);
        logFiles = Copies.of(logFiles);
        additionalProperties = Copies.of(additionalProperties);
    }
}
