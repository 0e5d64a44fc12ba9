package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an analysis. What it found is in {@code additionalProperties}, by the names of the server, which
 * depend on the kind of analysis and on the version of the server. Immutable.
 *
 * @param project the project
 * @param totalRuns the number of runs that were analyzed
 * @param message why there is nothing to tell, if that is so
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record AnalysisReport(
        @Nullable String project,
        @Nullable Long totalRuns,
        @Nullable String message,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public AnalysisReport {
        additionalProperties = Copies.of(additionalProperties);
    }
}
