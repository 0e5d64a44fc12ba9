package io.synapse.sdk.experiments.internal.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The newest rows of a run, by columns.
 *
 * @param block without the names of its columns
 * @param ids the numbers of the metrics that are the columns
 */
record TailRows(RowBlock block, int[] ids) {
    /** Those from this one on. */
    static TailRows read(Handle handle, long run, long first) {
        List<byte[]> rows = handle.createQuery("SELECT content FROM tail WHERE run = ? AND row >= ? ORDER BY row")
                .bind(0, run)
                .bind(1, first)
                .mapTo(byte[].class)
                .list();
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
