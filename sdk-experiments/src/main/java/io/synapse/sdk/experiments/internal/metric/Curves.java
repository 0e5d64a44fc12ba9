package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
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

    /** At most so many of the rows, chosen by {@link Lttb} for all metrics together. */
    public Curves downsampled(int most) {
        if (most >= rows()) {
            return this;
        }
        int[] kept = Lttb.chooseRows(steps, values.values().toArray(double[][]::new), most);
        Map<String, double[]> fewer = new LinkedHashMap<>();
        values.forEach((metric, column) -> fewer.put(metric, at(column, kept)));
        return new Curves(at(steps, kept), fewer);
    }

    private static double[] at(double[] column, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
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
