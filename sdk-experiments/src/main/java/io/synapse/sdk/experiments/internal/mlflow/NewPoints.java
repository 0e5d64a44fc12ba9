package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.metric.Missing;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Those of some points that the run does not have yet, as rows. Points of one step and time share a row. Not thread-safe. */
final class NewPoints {
    /** As MLflow's server compares them: NaN counts as 0. */
    private static final Comparator<MlflowPoint> AGE = Comparator.comparingLong(MlflowPoint::step)
            .thenComparingLong(MlflowPoint::timestamp)
            .thenComparingDouble(point -> Double.isNaN(point.value()) ? 0 : point.value());

    private static final String SAVE_NEWEST = """
            INSERT INTO mlflow_metric (run, key, step, time, value) VALUES (:run, :key, :step, :time, :value)
            ON CONFLICT (run, key) DO UPDATE SET step = excluded.step, time = excluded.time, value = excluded.value
            WHERE (excluded.step, excluded.time, ifnull(excluded.value, 0)) > (step, time, ifnull(value, 0))
            """;

    private final Handle transaction;
    private final long run;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, MlflowPoint> newest = new LinkedHashMap<>();
    private boolean isOutOfOrder;

    private record Row(long step, long time, Map<String, Double> values) {
        boolean takes(MlflowPoint point) {
            return step == point.step() && time == point.timestamp() && !values.containsKey(point.key());
        }
    }

    private NewPoints(Handle transaction, long run) {
        this.transaction = transaction;
        this.run = run;
    }

    /**
     * Finds those that are new, and records that the run has them and when they were.
     *
     * @param first the number of the next row of the run
     */
    static NewPoints of(Handle transaction, long run, long first, List<MlflowPoint> points) {
        PreparedBatch hashes = transaction.prepareBatch("INSERT OR IGNORE INTO mlflow_point (run, hash) VALUES (?, ?)");
        points.forEach(point -> hashes.add(run, point.hash()));
        int[] added = hashes.execute();
        NewPoints all = new NewPoints(transaction, run);
        for (int at = 0; at < added.length; at++) {
            if (added[at] > 0) {
                all.add(points.get(at));
            }
        }
        all.saveTimes(first);
        return all;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows; at least one. */
    RowBlock block() {
        Set<String> metrics = new LinkedHashSet<>();
        rows.forEach(row -> metrics.addAll(row.values().keySet()));
        List<String> columns = List.copyOf(metrics);
        double[] steps = new double[rows.size()];
        double[][] values = new double[columns.size()][rows.size()];
        for (int row = 0; row < steps.length; row++) {
            steps[row] = rows.get(row).step();
            for (int column = 0; column < values.length; column++) {
                values[column][row] = rows.get(row).values().getOrDefault(columns.get(column), Missing.VALUE);
            }
        }
        return new RowBlock(columns, steps, values);
    }

    /** Records the newest point of each metric; whether a point came after one that is newer. */
    boolean saveNewest() {
        PreparedBatch batch = transaction.prepareBatch(SAVE_NEWEST);
        for (MlflowPoint point : newest.values()) {
            batch.bind("run", run)
                    .bind("key", point.key())
                    .bind("step", point.step())
                    .bind("time", point.timestamp())
                    .bind("value", point.value()) // NaN is stored as null
                    .add();
        }
        return Arrays.stream(batch.execute()).anyMatch(changed -> changed == 0) || isOutOfOrder;
    }

    ArrayNode eventRows() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Row row : rows) {
            ObjectNode fields = all.addObject().put("step", row.step());
            row.values().forEach((metric, value) -> fields.put(metric, value));
        }
        return all;
    }

    private void add(MlflowPoint point) {
        if (rows.isEmpty() || !rows.get(rows.size() - 1).takes(point)) {
            rows.add(new Row(point.step(), point.timestamp(), new LinkedHashMap<>()));
        }
        rows.get(rows.size() - 1).values().put(point.key(), point.value());
        MlflowPoint known = newest.get(point.key());
        if (known == null || AGE.compare(known, point) <= 0) {
            newest.put(point.key(), point);
        } else {
            isOutOfOrder = true;
        }
    }

    private void saveTimes(long first) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch times = transaction.prepareBatch("INSERT INTO mlflow_row (run, row, time) VALUES (?, ?, ?)");
        for (int row = 0; row < rows.size(); row++) {
            times.add(run, first + row, rows.get(row).time());
        }
        times.execute();
    }
}
