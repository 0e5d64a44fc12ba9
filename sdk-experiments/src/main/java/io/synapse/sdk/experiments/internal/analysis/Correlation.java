package io.synapse.sdk.experiments.internal.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How a hyperparameter and the last value of a metric go together.
 *
 * @param coefficient of Pearson, −1 to 1
 * @param runs how many have both
 */
record Correlation(String parameter, double coefficient, int runs) {
    static final int MIN_RUNS = 3;

    /** Those of all hyperparameters that are numbers and differ, the strongest first. */
    static List<Correlation> of(String metric, List<AnalyzedRun> runs) {
        TreeSet<String> parameters = new TreeSet<>();
        runs.forEach(run -> parameters.addAll(run.parameters().keySet()));
        return parameters.stream()
                .flatMap(parameter -> of(metric, parameter, runs).stream())
                .sorted(Comparator.comparingDouble((Correlation each) -> -Math.abs(each.coefficient))
                        .thenComparing(Correlation::parameter))
                .toList();
    }

    private static Optional<Correlation> of(String metric, String parameter, List<AnalyzedRun> all) {
        List<AnalyzedRun> runs = all.stream()
                .filter(run ->
                        run.metrics().containsKey(metric) && run.parameters().containsKey(parameter))
                .toList();
        double[] x = runs.stream()
                .mapToDouble(run -> run.parameters().getOrDefault(parameter, 0.0))
                .toArray();
        double[] y = runs.stream()
                .mapToDouble(run -> run.metrics().getOrDefault(metric, 0.0))
                .toArray();
        double coefficient = pearson(x, y);
        return runs.size() < MIN_RUNS || Double.isNaN(coefficient)
                ? Optional.empty()
                : Optional.of(new Correlation(parameter, coefficient, runs.size()));
    }

    /** NaN when one of both does not vary. */
    private static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double together = 0;
        double ofX = 0;
        double ofY = 0;
        for (int i = 0; i < x.length; i++) {
            together += (x[i] - meanX) * (y[i] - meanY);
            ofX += (x[i] - meanX) * (x[i] - meanX);
            ofY += (y[i] - meanY) * (y[i] - meanY);
        }
        return together / Math.sqrt(ofX * ofY);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("parameter", parameter);
        fields.put("correlation", coefficient);
        fields.put("runs", runs);
        return fields;
    }
}
