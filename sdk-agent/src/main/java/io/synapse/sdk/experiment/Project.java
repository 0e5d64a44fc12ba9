package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project and its runs. Immutable.
 *
 * @param name its name
 * @param runs its runs, with the fields that a list has: name, status, times, path of the configuration
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Project(@Nullable String name, List<Run> runs, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public Project {
        runs = Copies.of(runs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
