package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Some consecutive rows of a run, by columns. The arrays are not copied and are not to be changed.
 *
 * @param metrics the names of the columns
 * @param steps one for each row
 * @param values for each metric one for each row; {@link Missing#VALUE} where there is none
 */
public record RowBlock(List<String> metrics, double[] steps, double[][] values) {
    /** How many rows there are. */
    public int rows() {
        return steps.length;
    }

    /** How many numbers it holds: for each row its step and a value of each metric. */
    public long cells() {
        return cells(rows(), metrics.size());
    }

    static long cells(int rows, int metrics) {
        return rows * (1L + metrics);
    }

    /** Whether no row has a value of that column. */
    boolean isEmpty(int column) {
        for (double value : values[column]) {
            if (!Missing.is(value)) {
                return false;
            }
        }
        return true;
    }

    /** Collects rows. Not thread-safe. */
    public static final class Builder {
        private final List<String> metrics;
        private double[] steps = new double[1]; // of many metrics, a few rows are much
        private final double[][] values;
        private int rows;

        /** Begins without rows. */
        public Builder(List<String> metrics) {
            this.metrics = List.copyOf(metrics);
            values = new double[metrics.size()][1];
        }

        /** How many rows it has. */
        public int rows() {
            return rows;
        }

        /** How many numbers it holds. */
        long cells() {
            return RowBlock.cells(rows, metrics.size());
        }

        /** Adds a row that has no values yet. */
        public void addRow(double step) {
            if (rows == steps.length) {
                steps = Arrays.copyOf(steps, rows * 2);
                for (int column = 0; column < values.length; column++) {
                    values[column] = Arrays.copyOf(values[column], rows * 2);
                }
            }
            steps[rows] = step;
            for (double[] column : values) {
                column[rows] = Missing.VALUE;
            }
            rows++;
        }

        /** Sets a value of the newest row. */
        public void set(int column, double value) {
            values[column][rows - 1] = value;
        }

        /** The rows; begins again without any. */
        public RowBlock take() {
            double[][] taken = new double[values.length][];
            for (int column = 0; column < values.length; column++) {
                taken[column] = Arrays.copyOf(values[column], rows);
            }
            RowBlock block = new RowBlock(metrics, Arrays.copyOf(steps, rows), taken);
            rows = 0;
            return block;
        }
    }
}
