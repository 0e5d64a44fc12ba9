package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.experiment.MetricSummary;
import io.synapse.sdk.experiment.MetricTable;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunQuery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts runs and selects columns, which the original cannot. */
final class RunOrder {
    private static final Set<String> STEPS = Set.of("step", "epoch");

    private RunOrder() {}

    static List<Run> of(RunQuery query, List<Run> runs) {
        String metric = query.metric();
        if (metric == null) {
            return runs;
        }
        Comparator<Double> order = query.isDescending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return runs.stream()
                .sorted(Comparator.comparing(
                        (Run run) -> value(run, metric, query.summary()), Comparator.nullsLast(order)))
                .toList();
    }

    /** Null, also for NaN, which is neither large nor small. */
    private static @Nullable Double value(Run run, String metric, MetricSummary summary) {
        Map<String, Double> values = summary.equals(MetricSummary.MIN)
                ? run.minMetrics()
                : summary.equals(MetricSummary.MAX)
                        ? run.maxMetrics()
                        : summary.equals(MetricSummary.MEAN) ? run.meanMetrics() : run.finalMetrics();
        Double value = values.get(metric);
        return value == null || value.isNaN() ? null : value;
    }

    /** A table with the steps and these metrics only. */
    static MetricTable onlyMetrics(MetricTable table, List<String> metrics) {
        return new MetricTable(
                table.columns().stream()
                        .filter(column -> isWanted(column, metrics))
                        .toList(),
                table.rows().stream().map(row -> onlyMetrics(row, metrics)).toList(),
                table.totalSteps(),
                table.filePath(),
                table.additionalProperties());
    }

    private static Map<String, Double> onlyMetrics(Map<String, Double> row, List<String> metrics) {
        Map<String, Double> wanted = new LinkedHashMap<>(row);
        wanted.keySet().removeIf(column -> !isWanted(column, metrics));
        return wanted;
    }

    private static boolean isWanted(String column, List<String> metrics) {
        return STEPS.contains(column) || metrics.contains(column);
    }
}
