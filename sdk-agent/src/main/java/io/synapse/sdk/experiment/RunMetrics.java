package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one of several runs that are compared. Immutable.
 *
 * @param project the project
 * @param runName the run
 * @param status its state
 * @param totalPoints the number of rows
 * @param rows the rows in order, each by column, as in {@link MetricTable}
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record RunMetrics(
        @Nullable String project,
        @Nullable String runName,
        @Nullable RunStatus status,
        @Nullable Long totalPoints,
        List<Map<String, Double>> rows,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public RunMetrics {
        rows = Copies.of(rows);
        additionalProperties = Copies.of(additionalProperties);
    }
}
