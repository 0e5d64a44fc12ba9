package io.synapse.sdk.experiments.internal.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What comparisons need of a run.
 *
 * @param startedAt null when it is not known
 * @param metrics the last value of each metric; only finite ones
 * @param parameters the hyperparameters that are numbers or truth values, which count as 1 and 0; nested names have dots
 */
record AnalyzedRun(
        String name, @Nullable Instant startedAt, Map<String, Double> metrics, Map<String, Double> parameters) {
    static AnalyzedRun of(RunRecord run) {
        Map<String, Double> metrics = new TreeMap<>();
        JsonNode finals = run.finals();
        if (finals != null) {
            finals.path("final_metrics").properties().forEach(metric -> {
                if (Double.isFinite(metric.getValue().asDouble(Double.NaN))) { // those that are not may be text
                    metrics.put(metric.getKey(), metric.getValue().asDouble());
                }
            });
        }
        Map<String, Double> parameters = new TreeMap<>();
        flatten("", run.hyperparameters(), parameters);
        return new AnalyzedRun(run.name(), run.startedAt(), metrics, parameters);
    }

    private static void flatten(String prefix, JsonNode values, Map<String, Double> parameters) {
        values.properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, parameters);
            } else if (value.isBoolean()) {
                parameters.put(name, value.booleanValue() ? 1.0 : 0.0);
            } else if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                parameters.put(name, value.doubleValue());
            }
        });
    }
}
