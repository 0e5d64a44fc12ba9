package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chooses the points of curves that show their form best: the largest triangle of three buckets (S. Steinarsson,
 * "Downsampling Time Series for Visual Representation", 2013). The first and the last point are always chosen, and beside
 * what the method does, the least and the greatest value of each curve where there is room for them.
 */
public final class Lttb {
    private static final int ENDS = 2;

    private final double[] steps;
    private final double[][] curves;
    private final double[] scales;

    private Lttb(double[] steps, double[]... curves) {
        this.steps = steps;
        this.curves = curves;
        this.scales = Arrays.stream(curves).mapToDouble(Lttb::scale).toArray();
    }

    /**
     * The indexes of at most so many points of one curve, in ascending order.
     *
     * @param points at least 1; of one point only the last is chosen, of two the first and the last
     */
    public static int[] choose(double[] steps, double[] values, int points) {
        return new Lttb(steps, values).choose(points);
    }

    /** The same for several curves that have their points at the same steps. Values that are not finite do not count. */
    public static int[] chooseRows(double[] steps, double[][] curves, int points) {
        return new Lttb(steps, curves).choose(points);
    }

    private int[] choose(int points) {
        int extremes = 2 * curves.length;
        if (points >= steps.length) {
            return IntStream.range(0, steps.length).toArray();
        }
        if (points <= ENDS) {
            return points == 1 ? new int[] {steps.length - 1} : new int[] {0, steps.length - 1};
        }
        if (points <= ENDS + extremes) {
            return buckets(points);
        }
        TreeSet<Integer> chosen = new TreeSet<>();
        Arrays.stream(buckets(points - extremes)).forEach(chosen::add);
        Arrays.stream(curves).forEach(curve -> addExtremes(curve, chosen));
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Makes curves of different magnitudes count alike. */
    private static double scale(double[] curve) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : curve) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
        return greatest > least ? 1 / (greatest - least) : 0;
    }

    private static void addExtremes(double[] curve, TreeSet<Integer> chosen) {
        int least = -1;
        int greatest = -1;
        for (int point = 0; point < curve.length; point++) {
            if (Double.isFinite(curve[point])) {
                least = least < 0 || curve[point] < curve[least] ? point : least;
                greatest = greatest < 0 || curve[point] > curve[greatest] ? point : greatest;
            }
        }
        if (least >= 0) {
            chosen.add(least);
            chosen.add(greatest);
        }
    }

    private int[] buckets(int points) {
        int[] chosen = new int[points];
        chosen[points - 1] = steps.length - 1;
        double width = (double) (steps.length - ENDS) / (points - ENDS);
        int from = 1;
        for (int bucket = 0; bucket < points - ENDS; bucket++) {
            int to = 1 + (int) ((bucket + 1) * width);
            int end = Math.min(1 + (int) ((bucket + 2) * width), steps.length);
            chosen[bucket + 1] = farthest(chosen[bucket], from, to, Math.max(end, to + 1));
            from = to;
        }
        return chosen;
    }

    /** The point of [from, to) whose triangles with the last chosen one and the means of [to, end) are the largest. */
    private int farthest(int last, int from, int to, int end) {
        double[] areas = new double[to - from];
        for (int curve = 0; curve < curves.length; curve++) {
            addAreas(areas, curves[curve], scales[curve], last, from, to, end);
        }
        int best = 0;
        for (int point = 1; point < areas.length; point++) {
            best = areas[point] > areas[best] ? point : best;
        }
        return from + best;
    }

    private void addAreas(double[] areas, double[] curve, double scale, int last, int from, int to, int end) {
        double meanStep = 0;
        double meanValue = 0;
        int finite = 0;
        for (int point = to; point < end; point++) {
            if (Double.isFinite(curve[point])) {
                meanStep += steps[point];
                meanValue += curve[point];
                finite++;
            }
        }
        meanStep = finite == 0 ? steps[to] : meanStep / finite;
        meanValue = finite == 0 ? 0 : meanValue / finite;
        double base = Double.isFinite(curve[last]) ? curve[last] : meanValue;
        for (int point = from; point < to; point++) {
            if (Double.isFinite(curve[point])) {
                double area = scale
                        * Math.abs((steps[last] - meanStep) * (curve[point] - base)
                                - (steps[last] - steps[point]) * (meanValue - base));
                areas[point - from] += Double.isFinite(area) ? area : 0; // of values that are too large to compute with
            }
        }
    }
}
