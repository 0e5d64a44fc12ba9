package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Some of the newest rows of a run, by columns.
 *
 * @param block without the names of its columns
 * @param ids the numbers of the metrics that are the columns
 */
record TailRows(RowBlock block, int[] ids) {
    /**
     * Those from this one on, in order. Each block has a place for a value of each of its metrics in each of its rows, so
     * rows that have few metrics in common are in several.
     */
    static List<TailRows> read(Handle handle, long run, long first) {
        List<byte[]> rows = handle.createQuery("SELECT content FROM tail WHERE run = ? AND row >= ? ORDER BY row")
                .bind(0, run)
                .bind(1, first)
                .mapTo(byte[].class)
                .list();
        List<TailRows> blocks = new ArrayList<>();
        Set<Integer> metrics = new HashSet<>();
        int from = 0;
        for (int row = 0; row < rows.size(); row++) {
            addMetrics(rows.get(row), metrics);
            if (row > from && RowBlock.cells(row + 1 - from, metrics.size()) > MetricStore.CELLS) {
                blocks.add(of(rows.subList(from, row)));
                from = row;
                metrics.clear();
                addMetrics(rows.get(row), metrics);
            }
        }
        blocks.add(of(rows.subList(from, rows.size())));
        return blocks;
    }

    private static void addMetrics(byte[] row, Set<Integer> metrics) {
        Blob.readRow(row, pair -> metrics.add(Blob.metricAt(row, pair)));
    }

    private static TailRows of(List<byte[]> rows) {
        Map<Integer, double[]> columns = new LinkedHashMap<>();
        double[] steps = new double[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            int at = row;
            byte[] content = rows.get(row);
            steps[row] = Blob.readRow(
                    content,
                    pair -> columns.computeIfAbsent(
                                            Blob.metricAt(content, pair), id -> CurveReader.missing(rows.size()))[at] =
                            Blob.valueAt(content, pair));
        }
        RowBlock block = new RowBlock(List.of(), steps, columns.values().toArray(double[][]::new));
        return new TailRows(
                block, columns.keySet().stream().mapToInt(Integer::intValue).toArray());
    }
}
