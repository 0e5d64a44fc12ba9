package io.synapse.sdk.plugin;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of running an action: an open object, whose fields depend on the action. Immutable.
 *
 * @param jobId the job that runs it, if it became one: its log is followed, it is waited for and stopped as any other
 * @param additionalProperties fields that this version does not know
 */
public record PluginRun(@Nullable String jobId, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public PluginRun {
        additionalProperties = Copies.of(additionalProperties);
    }
}
