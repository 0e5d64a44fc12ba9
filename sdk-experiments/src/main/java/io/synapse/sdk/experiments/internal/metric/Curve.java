package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The values of one metric. The arrays are not to be changed.
 *
 * @param steps one for each value
 * @param values some may be NaN or infinite
 */
public record Curve(double[] steps, double[] values) {
    /** How many points it has. */
    public int size() {
        return steps.length;
    }

    /** The points whose step is in this range, both ends included. */
    public Curve between(double from, double to) {
        int[] kept = IntStream.range(0, steps.length)
                .filter(point -> steps[point] >= from && steps[point] <= to)
                .toArray();
        return kept.length == steps.length ? this : at(kept);
    }

    /** At most so many of the points, chosen by {@link Lttb}. */
    public Curve downsampled(int points) {
        return points >= steps.length ? this : at(Lttb.choose(steps, values, points));
    }

    private Curve at(int[] points) {
        return new Curve(
                Arrays.stream(points).mapToDouble(point -> steps[point]).toArray(),
                Arrays.stream(points).mapToDouble(point -> values[point]).toArray());
    }
}
