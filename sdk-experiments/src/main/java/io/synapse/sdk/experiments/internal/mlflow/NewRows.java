package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.metric.Missing;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Makes rows of points, without those that the run has already. Points of one step and time share a row. Not thread-safe. */
final class NewRows {
    private final Handle transaction;
    private final long run;
    private final long first;
    private final List<Row> rows = new ArrayList<>();

    private record Row(long step, long time, Map<String, Double> values) {
        boolean takes(MlflowPoint point) {
            return step == point.step() && time == point.timestamp() && !values.containsKey(point.key());
        }
    }

    /**
     * Begins without points.
     *
     * @param first the number of the next row of the run
     */
    NewRows(Handle transaction, long run, long first) {
        this.transaction = transaction;
        this.run = run;
        this.first = first;
    }

    void add(MlflowPoint point) {
        boolean sharesRow = !rows.isEmpty() && rows.get(rows.size() - 1).takes(point);
        long row = first + rows.size() - (sharesRow ? 1 : 0);
        int added = transaction.execute(
                "INSERT OR IGNORE INTO mlflow_point (run, hash, row, time) VALUES (?, ?, ?, ?)",
                run,
                point.hash(),
                row,
                point.timestamp());
        if (added == 0) {
            return;
        }
        if (!sharesRow) {
            rows.add(new Row(point.step(), point.timestamp(), new LinkedHashMap<>()));
        }
        rows.get(rows.size() - 1).values().put(point.key(), point.value());
    }

    /** The rows; none when no point was new. */
    Optional<RowBlock> block() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
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
        return Optional.of(new RowBlock(columns, steps, values));
    }

    ArrayNode eventRows() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Row row : rows) {
            ObjectNode fields = all.addObject().put("step", row.step());
            row.values().forEach((metric, value) -> fields.put(metric, value));
        }
        return all;
    }
}
