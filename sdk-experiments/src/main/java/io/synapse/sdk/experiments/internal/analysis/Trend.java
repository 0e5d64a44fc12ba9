package io.synapse.sdk.experiments.internal.analysis;

import io.synapse.sdk.experiments.internal.metric.Direction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the last values of a metric change from run to run, in the order in which runs were started. */
final class Trend {
    static final int MIN_RUNS = 3;

    /** Less than this part of the mean value, from the first run to the last, is no change. */
    private static final double STABLE = 0.01;

    /** Two-sided 5 % of the normal distribution, for the test of Mann and Kendall. */
    private static final double SIGNIFICANT = 1.96;

    private final String metric;
    private final double[] values;
    private final double slope;
    private final double z;

    Trend(String metric, double[] values) {
        this.metric = metric;
        this.values = values;
        slope = slope(values);
        z = mannKendall(values);
    }

    /** {@code improving}, {@code degrading} or {@code stable}. */
    String direction() {
        double meanSize = Arrays.stream(values).map(Math::abs).average().orElse(0);
        double change = slope * (values.length - 1);
        if (Math.abs(change) <= STABLE * meanSize) {
            return "stable";
        }
        boolean isGrowing = change > 0;
        return isGrowing == (Direction.of(metric) == Direction.LARGER_IS_BETTER) ? "improving" : "degrading";
    }

    boolean isSignificant() {
        return Math.abs(z) > SIGNIFICANT && !direction().equals("stable");
    }

    /** Of the line with the least squares, a run. */
    private static double slope(double[] values) {
        double center = (values.length - 1) / 2.0;
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.length; i++) {
            above += (i - center) * values[i];
            below += (i - center) * (i - center);
        }
        return above / below;
    }

    private static double mannKendall(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
        long[] seen = new long[sorted.length + 1]; // sums by the lowest bit (Fenwick), as all pairs would take too long
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            int rank = Arrays.binarySearch(sorted, values[i]) + 1;
            sum += count(seen, rank - 1) - (i - count(seen, rank));
            for (int place = rank; place < seen.length; place += place & -place) {
                seen[place]++;
            }
        }
        double n = values.length;
        return (sum - Long.signum(sum)) / Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
    }

    private static long count(long[] seen, int upTo) {
        long count = 0;
        for (int place = upTo; place > 0; place -= place & -place) {
            count += seen[place];
        }
        return count;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", metric);
        fields.put("direction", direction());
        fields.put("is_significant", isSignificant());
        fields.put("slope", slope);
        fields.put("z", z);
        fields.put("first", values[0]);
        fields.put("last", values[values.length - 1]);
        fields.put("runs", values.length);
        return fields;
    }
}
