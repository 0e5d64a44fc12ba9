package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads metrics of one run out of its chunks and its tail. */
final class CurveReader {
    /** One statement, so that rows that move from the tail into chunks meanwhile are read once. */
    private static final String QUERY = """
            SELECT metric, first_row AS row, n, doubles AS content FROM chunk WHERE run = :run AND metric IN (<ids>)
            UNION ALL SELECT -1, row, 1, content FROM tail WHERE run = :run
            """;

    private CurveReader() {}

    static double[] missing(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Missing.VALUE);
        return values;
    }

    /** The metrics of these numbers, by the names that they have here. */
    static Curves read(Handle handle, long run, Map<Integer, String> metrics) {
        List<Piece> pieces = pieces(handle, run, metrics.keySet());
        int rows = Math.toIntExact(pieces.stream()
                .mapToLong(piece -> piece.row() + piece.rows())
                .max()
                .orElse(0));
        double[] steps = new double[rows];
        Map<Integer, double[]> columns = new HashMap<>();
        Map<String, double[]> values = new LinkedHashMap<>();
        metrics.forEach((id, name) -> values.put(name, columns.computeIfAbsent(id, any -> missing(rows))));
        columns.put(MetricStore.STEPS, steps);
        pieces.forEach(piece -> piece.put(columns));
        return new Curves(steps, values);
    }

    private static List<Piece> pieces(Handle handle, long run, Collection<Integer> metrics) {
        Set<Integer> ids = new HashSet<>(metrics);
        ids.add(MetricStore.STEPS);
        return handle.createQuery(QUERY)
                .bind("run", run)
                .bindList("ids", ids)
                .map((row, context) ->
                        new Piece(row.getInt("metric"), row.getLong("row"), row.getInt("n"), row.getBytes("content")))
                .list();
    }

    private record Piece(int metric, long row, int rows, byte[] content) {
        private static final int OF_TAIL = -1;

        void put(Map<Integer, double[]> columns) {
            int at = (int) row;
            if (metric != OF_TAIL) {
                double[] column = columns.get(metric);
                if (column != null) {
                    Blob.read(content, column, at);
                }
                return;
            }
            double step = Blob.readRow(
                    content, pair -> put(columns.get(Blob.metricAt(content, pair)), at, Blob.valueAt(content, pair)));
            put(columns.get(MetricStore.STEPS), at, step);
        }

        private static void put(double @Nullable [] column, int at, double value) {
            if (column != null) {
                column[at] = value;
            }
        }
    }
}
