package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a curve over its finite values, of which there is at least one.
 *
 * @param std the standard deviation of a sample; 0 for one value
 * @param bestStep the step of the first of the best values
 * @param latest the last value, be it finite or not
 * @param improvementPercent how much better the last finite value is than the first, in percent of the first; null when that
 *     is 0
 */
public record MetricStatistics(
        int count,
        double min,
        double max,
        double mean,
        double std,
        double median,
        double q25,
        double q75,
        double best,
        double bestStep,
        double latest,
        @Nullable Double improvementPercent) {

    /** A change of fewer percent is none. */
    private static final double STABLE_PERCENT = 1;

    /** Those of a curve with at least one finite value. */
    public static MetricStatistics of(Curve curve, Direction direction) {
        double[] finite = Arrays.stream(curve.values()).filter(Double::isFinite).toArray();
        double[] sorted = finite.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(finite).average().orElseThrow();
        boolean isSmaller = direction == Direction.SMALLER_IS_BETTER;
        double best = isSmaller ? sorted[0] : sorted[sorted.length - 1];
        return new MetricStatistics(
                finite.length,
                sorted[0],
                sorted[sorted.length - 1],
                mean,
                deviation(finite, mean),
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                best,
                stepOf(curve, best),
                curve.values()[curve.size() - 1],
                improvement(finite[0], finite[finite.length - 1], isSmaller));
    }

    /** {@code improving}, {@code declining} or {@code stable}. */
    public String trend() {
        if (improvementPercent == null || Math.abs(improvementPercent) < STABLE_PERCENT) {
            return "stable";
        }
        return improvementPercent > 0 ? "improving" : "declining";
    }

    private static double deviation(double[] values, double mean) {
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    /** Between two values, on the line through them. */
    private static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double stepOf(Curve curve, double value) {
        for (int point = 0; point < curve.size(); point++) {
            if (curve.values()[point] == value) {
                return curve.steps()[point];
            }
        }
        throw new IllegalArgumentException("a value that the curve has not");
    }

    private static @Nullable Double improvement(double first, double last, boolean isSmallerBetter) {
        if (first == 0) {
            return null;
        }
        double gain = isSmallerBetter ? first - last : last - first;
        return 100 * gain / Math.abs(first);
    }
}
