package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.experiment.MetricCurve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thins out curves of the original, which has no request for that: takes of each of equally many neighbouring points the
 * one that spans the largest triangle with the one taken before and the mean of those after ("largest triangle three
 * buckets", <a href="https://hdl.handle.net/1946/15343">Steinarsson 2013</a>). The first and the last point stay.
 */
final class CurvePoints {
    private CurvePoints() {}

    /**
     * The part of a curve that was asked for.
     *
     * @param from the first step; null for the beginning
     * @param to the last step; null for the end
     * @param most the largest number of points, at least 3
     */
    static MetricCurve select(MetricCurve curve, @Nullable Double from, @Nullable Double to, int most) {
        List<Integer> within = new ArrayList<>();
        for (int point = 0; point < curve.steps().size(); point++) {
            double step = curve.steps().get(point);
            if ((from == null || step >= from) && (to == null || step <= to)) {
                within.add(point);
            }
        }
        List<Integer> taken = within.size() <= most ? within : thinned(curve, within, most);
        return new MetricCurve(
                curve.project(),
                curve.run(),
                curve.metric(),
                taken.stream().map(curve.steps()::get).toList(),
                taken.stream().map(curve.values()::get).toList(),
                (long) within.size(),
                curve.additionalProperties());
    }

    private static List<Integer> thinned(MetricCurve curve, List<Integer> points, int most) {
        List<Integer> taken = new ArrayList<>(most);
        taken.add(points.get(0));
        double bucket = (points.size() - 2.0) / (most - 2.0);
        for (int index = 0; index < most - 2; index++) {
            int from = 1 + (int) (index * bucket);
            int to = 1 + (int) ((index + 1) * bucket);
            int after = Math.min(points.size(), 1 + (int) ((index + 2) * bucket));
            List<Integer> next =
                    to < after ? points.subList(to, after) : points.subList(points.size() - 1, points.size());
            taken.add(best(curve, points.subList(from, to), taken.get(taken.size() - 1), next));
        }
        taken.add(points.get(points.size() - 1));
        return taken;
    }

    /** A point that is not finite is a gap in the curve, which stays. */
    private static int best(MetricCurve curve, List<Integer> candidates, int before, List<Integer> after) {
        double meanStep = mean(curve.steps(), after);
        double meanValue = mean(curve.values(), after);
        double step = curve.steps().get(before);
        double value = finite(curve.values().get(before));
        int best = candidates.get(0);
        double largest = -1;
        for (int candidate : candidates) {
            double at = curve.values().get(candidate);
            double area = Double.isFinite(at)
                    ? Math.abs((step - meanStep) * (at - value)
                            - (step - curve.steps().get(candidate)) * (meanValue - value))
                    : Double.POSITIVE_INFINITY;
            if (area > largest) {
                best = candidate;
                largest = area;
            }
        }
        return best;
    }

    private static double mean(List<Double> numbers, List<Integer> points) {
        return points.stream()
                .mapToDouble(point -> finite(numbers.get(point)))
                .average()
                .orElse(0);
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }
}
