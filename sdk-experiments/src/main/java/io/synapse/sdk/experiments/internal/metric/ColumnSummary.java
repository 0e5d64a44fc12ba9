package io.synapse.sdk.experiments.internal.metric;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Sums up one column of a block, to be merged into the stored summary. */
final class ColumnSummary {
    /** Merges in the database, which needs no reading before. */
    static final String MERGE = """
            INSERT INTO summary (run, metric, n, last, last_step, min, min_step, max, max_step, sum, not_finite)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, metric) DO UPDATE SET
                n = n + excluded.n,
                last = excluded.last,
                last_step = excluded.last_step,
                min_step = CASE WHEN min IS NULL OR excluded.min < min THEN excluded.min_step ELSE min_step END,
                min = CASE WHEN min IS NULL OR excluded.min < min THEN excluded.min ELSE min END,
                max_step = CASE WHEN max IS NULL OR excluded.max > max THEN excluded.max_step ELSE max_step END,
                max = CASE WHEN max IS NULL OR excluded.max > max THEN excluded.max ELSE max END,
                sum = min(max(sum + excluded.sum, -1.7976931348623157e308), 1.7976931348623157e308),
                not_finite = not_finite + excluded.not_finite
            """;

    private int count;
    private int notFinite;
    private double last;
    private double lastStep;
    private double min = Double.POSITIVE_INFINITY;
    private double minStep;
    private double max = Double.NEGATIVE_INFINITY;
    private double maxStep;
    private double sum;

    ColumnSummary(double[] steps, double[] values) {
        for (int row = 0; row < values.length; row++) {
            if (!Missing.is(values[row])) {
                add(steps[row], values[row]);
            }
        }
    }

    private void add(double step, double value) {
        last = value;
        lastStep = step;
        if (!Double.isFinite(value)) {
            notFinite++;
            return;
        }
        count++;
        sum = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum + value)); // two infinite ones have no sum
        if (value < min) {
            min = value;
            minStep = step;
        }
        if (value > max) {
            max = value;
            maxStep = step;
        }
    }

    void addTo(PreparedStatement merge, long run, int metric) throws SQLException {
        merge.setLong(1, run);
        merge.setInt(2, metric);
        merge.setInt(3, count);
        merge.setDouble(4, last);
        merge.setDouble(5, lastStep);
        setFinite(merge, 6, min);
        setFinite(merge, 7, minStep);
        setFinite(merge, 8, max);
        setFinite(merge, 9, maxStep);
        merge.setDouble(10, sum);
        merge.setInt(11, notFinite);
        merge.addBatch();
    }

    private void setFinite(PreparedStatement merge, int parameter, double value) throws SQLException {
        if (count == 0) {
            merge.setNull(parameter, Types.REAL);
        } else {
            merge.setDouble(parameter, value);
        }
    }
}
