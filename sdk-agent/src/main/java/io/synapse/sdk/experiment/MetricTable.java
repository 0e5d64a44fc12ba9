package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.internal.MetricValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a run, row by row. The rows are those of the server: a metric that a row has no value of is not in
 * its map; NaN and infinity are values. Immutable.
 *
 * @param columns the columns, in order: {@code step} or {@code epoch}, if there is one, and the metrics
 * @param rows the rows in order, each by column
 * @param totalSteps the number of rows of the run
 * @param filePath the file at the server
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record MetricTable(
        List<String> columns,
        List<Map<String, Double>> rows,
        @Nullable Long totalSteps,
        @Nullable String filePath,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public MetricTable {
        columns = Copies.of(columns);
        rows = Copies.of(rows);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * One metric as a curve. The steps are the column {@code step}, or else {@code epoch}, or else the numbers of the rows
     * from 0; rows without a value are left out.
     */
    public MetricCurve curve(String metric) {
        return MetricValues.curve(rows, metric);
    }
}
