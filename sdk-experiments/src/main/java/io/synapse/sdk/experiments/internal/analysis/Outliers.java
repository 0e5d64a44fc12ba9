package io.synapse.sdk.experiments.internal.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which runs have a last value of a metric that is far from those of the others. */
final class Outliers {
    static final int MIN_RUNS = 4;

    /** How far a value is: in widths of the middle half beyond it, or in standard deviations from the mean. */
    enum Method {
        IQR(1.5),
        ZSCORE(3);

        final double usual;

        Method(double usual) {
            this.usual = usual;
        }
    }

    private Outliers() {}

    static List<Map<String, Object>> find(String metric, List<AnalyzedRun> runs, Method method, double threshold) {
        double[] values = runs.stream()
                .mapToDouble(run -> run.metrics().getOrDefault(metric, 0.0))
                .toArray();
        double[] scores = method == Method.IQR ? beyondQuartiles(values) : deviations(values);
        List<Map<String, Object>> outliers = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (scores[i] > threshold) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("run_name", runs.get(i).name());
                fields.put("metric", metric);
                fields.put("value", values[i]);
                fields.put("score", scores[i]);
                outliers.add(fields);
            }
        }
        return outliers;
    }

    private static double[] beyondQuartiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double low = quantile(sorted, 0.25);
        double high = quantile(sorted, 0.75);
        return Arrays.stream(values)
                .map(value -> share(Math.max(low - value, value - high), high - low))
                .toArray();
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }

    private static double[] deviations(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
        return Arrays.stream(values)
                .map(value -> share(Math.abs(value - mean), Math.sqrt(variance)))
                .toArray();
    }

    /** Of equal values none is far; JSON has no infinity. */
    private static double share(double distance, double width) {
        if (distance <= 0) {
            return 0;
        }
        return width == 0 ? Double.MAX_VALUE : distance / width;
    }
}
