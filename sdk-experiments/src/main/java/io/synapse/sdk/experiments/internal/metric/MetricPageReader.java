package io.synapse.sdk.experiments.internal.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads some points of one metric, without those before and after them. Used once. */
final class MetricPageReader {
    /** So many are read for a page, which bounds its memory; a page may have fewer points than were asked for. */
    private static final int MAX_CHUNKS = 64;

    /** One statement, so that rows that move from the tail into chunks meanwhile are read once. */
    private static final String QUERY = """
            SELECT * FROM (
                SELECT chunk.first_row AS row, chunk.doubles AS content, steps.doubles AS steps FROM chunk
                JOIN chunk AS steps ON steps.run = chunk.run AND steps.metric = :steps AND steps.first_row = chunk.first_row
                WHERE chunk.run = :run AND chunk.metric = :metric AND chunk.first_row > :from - :longest
                ORDER BY chunk.first_row LIMIT :chunks)
            UNION ALL SELECT row, content, NULL FROM tail WHERE run = :run AND row >= :from
            """;

    private final int metric;
    private final long from;
    private final int limit;
    private final long[] rows;
    private final double[] steps;
    private final double[] values;
    private int size;

    private MetricPageReader(int metric, long from, int limit) {
        this.metric = metric;
        this.from = from;
        this.limit = limit;
        rows = new long[limit + 1]; // one more tells whether there are more
        steps = new double[limit + 1];
        values = new double[limit + 1];
    }

    /** At most {@code limit} points from this row on. */
    static MetricPage read(Handle handle, long run, int metric, long from, int limit) {
        List<Piece> pieces = handle
                .createQuery(QUERY)
                .bind("run", run)
                .bind("metric", metric)
                .bind("steps", MetricStore.STEPS)
                .bind("longest", MetricStore.CHUNK)
                .bind("from", from)
                .bind("chunks", MAX_CHUNKS)
                .map((row, context) -> new Piece(row.getLong("row"), row.getBytes("content"), row.getBytes("steps")))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Piece::row))
                .toList();
        List<Piece> chunks =
                pieces.stream().filter(piece -> piece.steps() != null).toList();
        MetricPageReader reader = new MetricPageReader(metric, from, limit);
        if (chunks.size() == MAX_CHUNKS) { // between them and the tail there may be others
            chunks.forEach(reader::add);
            Piece last = chunks.get(MAX_CHUNKS - 1);
            return reader.page(OptionalLong.of(last.row() + last.content().length / Double.BYTES));
        }
        pieces.forEach(reader::add);
        return reader.page(OptionalLong.empty());
    }

    private void add(Piece piece) {
        if (piece.steps() == null) {
            double step = Blob.readRow(piece.content(), pair -> {});
            Blob.readRow(piece.content(), pair -> {
                if (Blob.metricAt(piece.content(), pair) == metric) {
                    add(piece.row(), step, Blob.valueAt(piece.content(), pair));
                }
            });
            return;
        }
        int length = piece.content().length / Double.BYTES;
        double[] its = new double[length];
        double[] theirs = new double[length];
        Blob.read(piece.content(), its, 0);
        Blob.read(piece.steps(), theirs, 0);
        for (int at = 0; at < length; at++) {
            if (!Missing.is(its[at]) && piece.row() + at >= from) {
                add(piece.row() + at, theirs[at], its[at]);
            }
        }
    }

    private void add(long row, double step, double value) {
        if (size <= limit) {
            rows[size] = row;
            steps[size] = step;
            values[size] = value;
            size++;
        }
    }

    private MetricPage page(OptionalLong ifNotFull) {
        int kept = Math.min(size, limit);
        OptionalLong next = size > limit ? OptionalLong.of(rows[limit]) : ifNotFull;
        return new MetricPage(Arrays.copyOf(rows, kept), Arrays.copyOf(steps, kept), Arrays.copyOf(values, kept), next);
    }

    /**
     * A chunk, or a row of the tail.
     *
     * @param steps null for a row, which has its step among its content
     */
    private record Piece(long row, byte[] content, byte @Nullable [] steps) {}
}
