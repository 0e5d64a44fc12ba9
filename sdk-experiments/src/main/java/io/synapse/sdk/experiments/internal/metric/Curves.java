package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.Map;

/**
 * Metrics of a run by rows. The arrays are not to be changed.
 *
 * @param steps one for each row
 * @param values by metric; {@link Missing#VALUE} in rows without one
 */
public record Curves(double[] steps, Map<String, double[]> values) {
    /** How many rows there are. */
    public int rows() {
        return steps.length;
    }

    /** One metric without the rows that have no value of it. */
    public Curve curve(String metric) {
        double[] column = values.get(metric);
        if (column == null) {
            return new Curve(new double[0], new double[0]);
        }
        double[] present = new double[column.length];
        double[] at = new double[column.length];
        int count = 0;
        for (int row = 0; row < column.length; row++) {
            if (!Missing.is(column[row])) {
                present[count] = column[row];
                at[count++] = steps[row];
            }
        }
        return new Curve(Arrays.copyOf(at, count), Arrays.copyOf(present, count));
    }
}
