package io.synapse.sdk.experiments.internal.metric;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric of one run in short. Values that are not finite count only as {@code notFinite} and as the last.
 *
 * @param count of the finite values
 * @param last the last value that there is
 * @param min null when no value is finite; so are max and mean
 * @param notFinite how many values are NaN or infinite
 */
public record Summary(
        String metric,
        long count,
        double last,
        @Nullable Double min,
        @Nullable Double max,
        @Nullable Double mean,
        long notFinite) {

    static Summary of(ResultSet row) throws SQLException {
        double last = row.getDouble("last");
        if (row.wasNull()) { // as SQLite stores NaN
            last = Double.NaN;
        }
        long count = row.getLong("n");
        boolean isNone = count == 0;
        return new Summary(
                row.getString("name"),
                count,
                last,
                isNone ? null : row.getDouble("min"),
                isNone ? null : row.getDouble("max"),
                isNone ? null : row.getDouble("sum") / count,
                row.getLong("not_finite"));
    }
}
