package io.synapse.sdk.experiments.internal.metric;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes rows of one run within the caller's transaction. It uses JDBC itself, because JDBI takes longer to bind the many
 * parameters than SQLite to store them.
 */
final class RowWriter {
    private final KeptStatements.OfConnection statements;
    private final long run;

    RowWriter(KeptStatements.OfConnection statements, long run) {
        this.statements = statements;
        this.run = run;
    }

    /** How many rows a run has, and how many of them are in chunks and in the summary. */
    record Extent(long rows, long chunked, long summarized) {
        static final Extent NONE = new Extent(0, 0, 0);

        long inTail() {
            return rows - chunked;
        }
    }

    /** Counts further rows; what there was before. */
    Extent grow(int rows) throws SQLException {
        PreparedStatement update =
                statements.prepare("UPDATE extent SET n = n + ? WHERE run = ? RETURNING n, chunked, summarized");
        update.setInt(1, rows);
        update.setLong(2, run);
        Optional<Extent> after = extent(update);
        if (after.isPresent()) {
            Extent now = after.get();
            return new Extent(now.rows() - rows, now.chunked(), now.summarized());
        }
        save("INSERT INTO extent (n, run, chunked, summarized) VALUES (?, ?, 0, 0)", rows);
        return Extent.NONE;
    }

    /** What there is. */
    Extent extent() throws SQLException {
        PreparedStatement query = statements.prepare("SELECT n, chunked, summarized FROM extent WHERE run = ?");
        query.setLong(1, run);
        return extent(query).orElse(Extent.NONE);
    }

    /** Records that so many rows are in chunks. */
    void chunked(long rows) throws SQLException {
        save("UPDATE extent SET chunked = ? WHERE run = ?", rows);
    }

    /** Records that so many rows are in the summary. */
    void summarized(long rows) throws SQLException {
        save("UPDATE extent SET summarized = ? WHERE run = ?", rows);
    }

    void summarize(RowBlock block, int[] ids) throws SQLException {
        PreparedStatement merge = statements.prepare(ColumnSummary.MERGE);
        for (int column = 0; column < ids.length; column++) {
            new ColumnSummary(block.steps(), block.values()[column]).addTo(merge, run, ids[column]);
        }
        merge.executeBatch();
    }

    void addToTail(long first, RowBlock block, int[] ids) throws SQLException {
        PreparedStatement insert = statements.prepare("INSERT INTO tail (run, row, content) VALUES (?, ?, ?)");
        for (int row = 0; row < block.rows(); row++) {
            insert.setLong(1, run);
            insert.setLong(2, first + row);
            insert.setBytes(3, Blob.ofRow(block, ids, row));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    void addChunks(long first, RowBlock block, int[] ids) throws SQLException {
        PreparedStatement insert =
                statements.prepare("INSERT INTO chunk (run, metric, first_row, n, doubles) VALUES (?, ?, ?, ?, ?)");
        for (int from = 0; from < block.rows(); from += MetricStore.CHUNK) {
            int length = Math.min(MetricStore.CHUNK, block.rows() - from);
            addChunk(insert, MetricStore.STEPS, first + from, block.steps(), from, length);
            for (int column = 0; column < ids.length; column++) {
                addChunk(insert, ids[column], first + from, block.values()[column], from, length);
            }
        }
        insert.executeBatch();
    }

    private void addChunk(PreparedStatement insert, int metric, long first, double[] values, int from, int length)
            throws SQLException {
        insert.setLong(1, run);
        insert.setInt(2, metric);
        insert.setLong(3, first);
        insert.setInt(4, length);
        insert.setBytes(5, Blob.of(values, from, length));
        insert.addBatch();
    }

    private static Optional<Extent> extent(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Extent(rows.getLong(1), rows.getLong(2), rows.getLong(3)))
                    : Optional.empty();
        }
    }

    private void save(String sql, long rows) throws SQLException {
        PreparedStatement update = statements.prepare(sql);
        update.setLong(1, rows);
        update.setLong(2, run);
        update.executeUpdate();
    }
}
