package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chooses the points of a curve that show its form best: the largest triangle of three buckets (S. Steinarsson,
 * "Downsampling Time Series for Visual Representation", 2013). The first and the last point are always chosen, and beside
 * what the method does, the least and the greatest value.
 */
public final class Lttb {
    /** With fewer there is no room for the extremes. */
    private static final int LEAST_WITH_EXTREMES = 5;

    private Lttb() {}

    /**
     * The indexes of at most so many points, in ascending order.
     *
     * @param points at least 1; of one point only the last is chosen, of two the first and the last
     */
    public static int[] choose(double[] steps, double[] values, int points) {
        if (points >= values.length) {
            return IntStream.range(0, values.length).toArray();
        }
        if (points < 3) {
            return points == 1 ? new int[] {values.length - 1} : new int[] {0, values.length - 1};
        }
        if (points < LEAST_WITH_EXTREMES) {
            return buckets(steps, values, points);
        }
        TreeSet<Integer> chosen = new TreeSet<>();
        Arrays.stream(buckets(steps, values, points - 2)).forEach(chosen::add);
        addExtremes(values, chosen);
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void addExtremes(double[] values, TreeSet<Integer> chosen) {
        int least = -1;
        int greatest = -1;
        for (int point = 0; point < values.length; point++) {
            if (Double.isFinite(values[point])) {
                least = least < 0 || values[point] < values[least] ? point : least;
                greatest = greatest < 0 || values[point] > values[greatest] ? point : greatest;
            }
        }
        if (least >= 0) {
            chosen.add(least);
            chosen.add(greatest);
        }
    }

    private static int[] buckets(double[] steps, double[] values, int points) {
        int[] chosen = new int[points];
        double width = (double) (values.length - 2) / (points - 2);
        int from = 1;
        for (int bucket = 0; bucket < points - 2; bucket++) {
            int to = 1 + (int) ((bucket + 1) * width);
            int end = Math.min(1 + (int) ((bucket + 2) * width), values.length);
            chosen[bucket + 1] = farthest(steps, values, chosen[bucket], from, to, Math.max(end, to + 1));
            from = to;
        }
        chosen[points - 1] = values.length - 1;
        return chosen;
    }

    /** The point of [from, to) that makes the largest triangle with the last chosen one and the mean of [to, end). */
    private static int farthest(double[] steps, double[] values, int last, int from, int to, int end) {
        double meanStep = 0;
        double meanValue = 0;
        int finite = 0;
        for (int point = to; point < end; point++) {
            if (Double.isFinite(values[point])) {
                meanStep += steps[point];
                meanValue += values[point];
                finite++;
            }
        }
        meanStep = finite == 0 ? steps[to] : meanStep / finite;
        meanValue = finite == 0 ? 0 : meanValue / finite;
        double base = Double.isFinite(values[last]) ? values[last] : meanValue;
        int best = from;
        double largest = -1;
        for (int point = from; point < to; point++) {
            double area = Math.abs((steps[last] - meanStep) * (values[point] - base)
                    - (steps[last] - steps[point]) * (meanValue - base));
            if (area > largest) { // never true of NaN
                largest = area;
                best = point;
            }
        }
        return best;
    }
}
