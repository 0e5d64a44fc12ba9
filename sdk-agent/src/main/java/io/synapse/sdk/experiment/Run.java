package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.internal.MetricValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run: what one training has logged. Fields that the server omits are null or empty. Immutable.
 *
 * @param project its project; null in a list of one project
 * @param runName its name
 * @param status its state
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param lastUpdated when its record was changed
 * @param configPath the path of its configuration at the server
 * @param metricsPath the path of its metrics at the server
 * @param totalSteps the number of rows of metrics
 * @param hyperparameters its configuration, as nested maps and lists
 * @param finalMetrics the last value of each metric; NaN and infinity are values, an empty cell is none
 * @param maxMetrics the largest value of each metric
 * @param minMetrics the smallest value of each metric
 * @param meanMetrics the mean of each metric
 * @param reproducibility what it takes to repeat it, such as seeds and versions
 * @param notes notes of users
 * @param tags tags of users
 * @param availableFiles its files; null in a list
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Run(
        @Nullable String project,
        @Nullable String runName,
        @Nullable RunStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant lastUpdated,
        @Nullable String configPath,
        @Nullable String metricsPath,
        @Nullable Long totalSteps,
        Map<String, @Nullable Object> hyperparameters,
        Map<String, Double> finalMetrics,
        Map<String, Double> maxMetrics,
        Map<String, Double> minMetrics,
        Map<String, Double> meanMetrics,
        Map<String, @Nullable Object> reproducibility,
        @Nullable String notes,
        List<String> tags,
        @Nullable RunFiles availableFiles,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public Run {
        finalMetrics = MetricValues.withNotFinite(finalMetrics, additionalProperties, "final_metrics");
        maxMetrics = MetricValues.withNotFinite(maxMetrics, additionalProperties, "max_metrics");
        minMetrics = MetricValues.withNotFinite(minMetrics, additionalProperties, "min_metrics");
        meanMetrics = MetricValues.withNotFinite(meanMetrics, additionalProperties, "mean_metrics");
        hyperparameters = Copies.of(hyperparameters);
        finalMetrics = Copies.of(finalMetrics);
        maxMetrics = Copies.of(maxMetrics);
        minMetrics = Copies.of(minMetrics);
        meanMetrics = Copies.of(meanMetrics);
        reproducibility = Copies.of(reproducibility);
        tags = Copies.of(tags);
        additionalProperties = MetricValues.unread(
                additionalProperties, "final_metrics", "max_metrics", "min_metrics", "mean_metrics");
    }
}
