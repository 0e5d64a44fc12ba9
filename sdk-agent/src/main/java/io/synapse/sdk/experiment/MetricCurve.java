package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric over its steps. Immutable.
 *
 * @param project the project
 * @param run the run
 * @param metric the name of the metric
 * @param steps the steps, in the order of the rows
 * @param values the value at each of the steps; as many as there are steps; NaN and infinity are values
 * @param total the number of points before the curve was thinned out
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record MetricCurve(
        @Nullable String project,
        @Nullable String run,
        @Nullable String metric,
        List<Double> steps,
        List<Double> values,
        @Nullable Long total,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public MetricCurve {
        steps = Copies.of(steps);
        values = Copies.of(values);
        additionalProperties = Copies.of(additionalProperties);
    }
}
