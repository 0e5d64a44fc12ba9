package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of one metric of a run. Immutable.
 *
 * @param metricName the name of the metric
 * @param count the number of values
 * @param min the smallest
 * @param max the largest
 * @param mean the mean
 * @param std the standard deviation
 * @param median the median
 * @param q25 the lower quartile
 * @param q75 the upper quartile
 * @param best the best value, by its direction
 * @param bestStep the step of the best value
 * @param latest the last value
 * @param isLowerBetter its direction, which the server guesses from its name
 * @param trend {@code improving} and others
 * @param improvementPct the change from the first value to the last, in percent
 * @param series the values
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record MetricStatistics(
        @Nullable String metricName,
        @Nullable Long count,
        @Nullable Double min,
        @Nullable Double max,
        @Nullable Double mean,
        @Nullable Double std,
        @Nullable Double median,
        @Nullable Double q25,
        @Nullable Double q75,
        @Nullable Double best,
        @Nullable Double bestStep,
        @Nullable Double latest,
        @Nullable Boolean isLowerBetter,
        @Nullable String trend,
        @Nullable Double improvementPct,
        List<MetricPoint> series,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public MetricStatistics {
        series = Copies.of(series);
        additionalProperties = Copies.of(additionalProperties);
    }
}
