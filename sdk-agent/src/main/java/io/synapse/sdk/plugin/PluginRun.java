package io.synapse.sdk.plugin;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of running an action: an open object, whose fields depend on the action. Immutable.
 *
 * @param jobId the id of the job that runs it, if it runs as a job
 * @param additionalProperties fields unknown to this version
 */
public record PluginRun(@Nullable String jobId, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public PluginRun {
        additionalProperties = Copies.of(additionalProperties);
    }
}
