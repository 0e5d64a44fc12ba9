package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps the rows of runs (wire/experiments.md, section 10): the newest as they came, in {@code tail}; from 4,096 rows on, or
 * at the end of the run, by columns in {@code chunk}. Each change keeps {@code summary} as well, within the caller's
 * transaction. Thread-safe.
 */
public final class MetricStore {
    /** Rows of a chunk. */
    static final int CHUNK = 4096;

    /** So many rows at once are put into chunks directly: as rows they would be written twice. */
    private static final int BULK = 256;

    /** The number of the steps among the metrics. */
    static final int STEPS = 0;

    private final MetricNames names = new MetricNames();

    /** How many rows a run has. */
    public long rows(Handle handle, long run) {
        return extent(handle, run).rows();
    }

    /** Adds rows to a run. */
    public void append(Handle transaction, long run, RowBlock block) {
        if (block.rows() == 0) {
            return;
        }
        Extent extent = extent(transaction, run);
        RowBlock stored = withValues(block);
        int[] ids = names.ids(transaction, stored.metrics());
        summarize(transaction, run, stored, ids);
        if (block.rows() < BULK && extent.inTail() + block.rows() < CHUNK) {
            addToTail(transaction, run, extent.rows(), stored, ids);
            save(transaction, run, new Extent(extent.rows() + block.rows(), extent.chunked()));
            return;
        }
        fold(transaction, run, extent);
        addChunks(transaction, run, extent.rows(), stored, ids);
        save(transaction, run, Extent.chunked(extent.rows() + block.rows()));
    }

    /** Puts the last rows of a run that is over into chunks; more may follow all the same. */
    public void finish(Handle transaction, long run) {
        Extent extent = extent(transaction, run);
        if (extent.inTail() > 0) {
            fold(transaction, run, extent);
            save(transaction, run, Extent.chunked(extent.rows()));
        }
    }

    /** Removes the rows of a run. */
    public void clear(Handle transaction, long run) {
        for (String table : List.of("extent", "chunk", "tail", "summary")) {
            transaction.execute("DELETE FROM " + table + " WHERE run = ?", run);
        }
    }

    /** The summaries of a run, in the order in which their metrics were first seen by any. */
    public List<Summary> summaries(Handle handle, long run) {
        return handle.createQuery(
                        "SELECT * FROM summary JOIN metric ON metric.id = summary.metric WHERE run = ? ORDER BY metric.id")
                .bind(0, run)
                .map((row, context) -> Summary.of(row))
                .list();
    }

    /** The metrics of a run of these names, those that it has; all rows. */
    public Curves curves(Handle handle, long run, Collection<String> metrics) {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        metrics.forEach(metric -> names.find(handle, metric).ifPresent(id -> wanted.put(id, metric)));
        return CurveReader.read(handle, run, wanted);
    }

    /** The number by which a metric is stored, for queries that sort by summaries; -1 when no run has it. */
    public int id(Handle handle, String metric) {
        return names.find(handle, metric).orElse(-1);
    }

    private static RowBlock withValues(RowBlock block) {
        List<String> metrics = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int column = 0; column < block.values().length; column++) {
            if (!block.isEmpty(column)) {
                metrics.add(block.metrics().get(column));
                values.add(block.values()[column]);
            }
        }
        return new RowBlock(metrics, block.steps(), values.toArray(double[][]::new));
    }

    private static void summarize(Handle transaction, long run, RowBlock block, int[] ids) {
        if (ids.length == 0) {
            return;
        }
        try (PreparedBatch merge = transaction.prepareBatch(ColumnSummary.MERGE)) {
            for (int column = 0; column < ids.length; column++) {
                new ColumnSummary(block.steps(), block.values()[column]).addTo(merge, run, ids[column]);
            }
            merge.execute();
        }
    }

    private static void addToTail(Handle transaction, long run, long first, RowBlock block, int[] ids) {
        try (PreparedBatch insert = transaction.prepareBatch("INSERT INTO tail (run, row, content) VALUES (?, ?, ?)")) {
            for (int row = 0; row < block.rows(); row++) {
                insert.bind(0, run)
                        .bind(1, first + row)
                        .bind(2, Blob.ofRow(block, ids, row))
                        .add();
            }
            insert.execute();
        }
    }

    private void fold(Handle transaction, long run, Extent extent) {
        if (extent.inTail() == 0) {
            return;
        }
        List<byte[]> rows = transaction
                .createQuery("SELECT content FROM tail WHERE run = ? ORDER BY row")
                .bind(0, run)
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
        int[] ids = columns.keySet().stream().mapToInt(Integer::intValue).toArray();
        RowBlock block = new RowBlock(List.of(), steps, columns.values().toArray(double[][]::new));
        addChunks(transaction, run, extent.chunked(), block, ids);
        transaction.execute("DELETE FROM tail WHERE run = ?", run);
    }

    private static void addChunks(Handle transaction, long run, long first, RowBlock block, int[] ids) {
        try (PreparedBatch insert = transaction.prepareBatch(
                "INSERT INTO chunk (run, metric, first_row, n, doubles) VALUES (?, ?, ?, ?, ?)")) {
            for (int from = 0; from < block.rows(); from += CHUNK) {
                int length = Math.min(CHUNK, block.rows() - from);
                addChunk(insert, run, STEPS, first + from, Blob.of(block.steps(), from, length));
                for (int column = 0; column < ids.length; column++) {
                    addChunk(insert, run, ids[column], first + from, Blob.of(block.values()[column], from, length));
                }
            }
            insert.execute();
        }
    }

    private static void addChunk(PreparedBatch insert, long run, int metric, long first, byte[] doubles) {
        insert.bind(0, run)
                .bind(1, metric)
                .bind(2, first)
                .bind(3, doubles.length / Double.BYTES)
                .bind(4, doubles)
                .add();
    }

    private static Extent extent(Handle handle, long run) {
        return handle.createQuery("SELECT n, chunked FROM extent WHERE run = ?")
                .bind(0, run)
                .map((row, context) -> new Extent(row.getLong("n"), row.getLong("chunked")))
                .findOne()
                .orElse(new Extent(0, 0));
    }

    private static void save(Handle transaction, long run, Extent extent) {
        transaction.execute(
                "INSERT OR REPLACE INTO extent (run, n, chunked) VALUES (?, ?, ?)",
                run,
                extent.rows(),
                extent.chunked());
    }

    /** How many rows a run has, and how many of them are in chunks. */
    record Extent(long rows, long chunked) {
        static Extent chunked(long rows) {
            return new Extent(rows, rows);
        }

        long inTail() {
            return rows - chunked;
        }
    }
}
