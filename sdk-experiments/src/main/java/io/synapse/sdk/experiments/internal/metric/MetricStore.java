package io.synapse.sdk.experiments.internal.metric;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Keeps the rows of runs (wire/experiments.md, section 10): the newest as they came, in {@code tail}; from 4,096 rows on (of
 * many columns: fewer), or at the end of the run, by columns in {@code chunk}. Each change keeps {@code summary} as well,
 * within the caller's transaction. Thread-safe.
 */
public final class MetricStore {
    /** Rows of a chunk, at most. */
    static final int CHUNK = 4096;

    /** So many {@link RowBlock#cells} are in memory at a time. */
    static final long CELLS = 1 << 20;

    /** So many rows at once are put into chunks directly: as rows they would be written twice. */
    private static final int BULK = 256;

    /** The number of the steps among the metrics. */
    static final int STEPS = 0;

    private final MetricNames names = new MetricNames();
    private final KeptStatements statements = new KeptStatements();

    /** How many rows a run has. */
    public long rows(Handle handle, long run) {
        return write(handle, run, RowWriter::extent).rows();
    }

    /** Adds rows to a run. Few rows are in its summary only after {@link #summarize}. */
    public void append(Handle transaction, long run, RowBlock block) {
        if (block.rows() == 0) {
            return;
        }
        RowBlock stored = withValues(block);
        int[] ids = names.ids(transaction, stored.metrics());
        write(transaction, run, writer -> {
            RowWriter.Extent before = writer.grow(block.rows());
            long most = CELLS / RowBlock.cells(1, ids.length);
            if (block.rows() < Math.min(BULK, most) && before.inTail() + block.rows() < Math.min(CHUNK, most)) {
                writer.addToTail(before.rows(), stored, ids);
            } else {
                summarizeTail(transaction, run, before, writer);
                fold(transaction, run, before, writer);
                writer.summarize(stored, ids);
                writer.addChunks(before.rows(), stored, ids);
                writer.chunked(before.rows() + block.rows());
                writer.summarized(before.rows() + block.rows());
            }
            return before;
        });
    }

    /**
     * Brings the summary of a run up to its rows. It is not kept with each of them, because the index by which runs are
     * sorted makes a row of many metrics several times as expensive.
     */
    public void summarize(Handle transaction, long run) {
        write(transaction, run, writer -> {
            RowWriter.Extent extent = writer.extent();
            if (extent.summarized() < extent.rows()) {
                summarizeTail(transaction, run, extent, writer);
                writer.summarized(extent.rows());
            }
            return extent;
        });
    }

    /** The runs whose summaries are behind their rows. */
    public List<Long> behind(Handle handle) {
        return handle.createQuery("SELECT run FROM extent WHERE summarized < n")
                .mapTo(Long.class)
                .list();
    }

    /** Puts the last rows of a run that is over into chunks and into its summary; more may follow all the same. */
    public void finish(Handle transaction, long run) {
        summarize(transaction, run);
        write(transaction, run, writer -> {
            RowWriter.Extent extent = writer.extent();
            if (extent.inTail() > 0) {
                fold(transaction, run, extent, writer);
                writer.chunked(extent.rows());
            }
            return extent;
        });
    }

    /** Removes the rows of a run. */
    public void clear(Handle transaction, long run) {
        for (String table : List.of("extent", "chunk", "tail", "summary")) {
            transaction.execute("DELETE FROM " + table + " WHERE run = ?", run);
        }
    }

    /** The summaries of a run as they were last brought up to its rows, in the order in which their metrics were first seen by any. */
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

    /** At most {@code limit} points of a metric of a run, from this row on; the next page begins where it says. */
    public MetricPage page(Handle handle, long run, String metric, long from, int limit) {
        return MetricPageReader.read(handle, run, id(handle, metric), from, limit);
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

    private interface Work {
        RowWriter.Extent with(RowWriter writer) throws SQLException;
    }

    private RowWriter.Extent write(Handle transaction, long run, Work work) {
        try {
            return work.with(new RowWriter(statements.of(transaction.getConnection()), run));
        } catch (SQLException e) {
            throw new TransactionException("rows of a run cannot be stored", e);
        }
    }

    private static void fold(Handle transaction, long run, RowWriter.Extent extent, RowWriter writer)
            throws SQLException {
        if (extent.inTail() > 0) {
            long first = extent.chunked();
            for (TailRows rows : TailRows.read(transaction, run, first)) {
                writer.addChunks(first, rows.block(), rows.ids());
                first += rows.block().rows();
            }
            transaction.execute("DELETE FROM tail WHERE run = ?", run);
        }
    }

    private static void summarizeTail(Handle transaction, long run, RowWriter.Extent extent, RowWriter writer)
            throws SQLException {
        if (extent.summarized() < extent.rows()) {
            for (TailRows rows : TailRows.read(transaction, run, extent.summarized())) {
                writer.summarize(rows.block(), rows.ids());
            }
        }
    }
}
