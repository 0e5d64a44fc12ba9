package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.experiments.internal.metric.CsvTable.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the rows of a metrics file over those of an older one: a step that both have is the newer one's, with all rows that it has
 * of it, and the rows are in the order of their steps. Where all rows have an epoch, steps may begin anew with each. Files may be
 * much larger than the memory.
 */
public final class CsvMerge {
    private final List<String> columns;
    private final OutputStream target;

    /** Where each column of the result is in the lines below a header; -1 where it is not. */
    private final Map<CsvHeader, int[]> places = new IdentityHashMap<>();

    private CsvMerge(List<String> columns, OutputStream target) {
        this.columns = columns;
        this.target = target;
    }

    /**
     * Writes one metrics file of two. The last line of the older one counts if it has all its cells, also without its end.
     *
     * @param isOver whether nothing will be added to the newer file; else a last line without its end is left out
     * @param target is not closed
     * @return false when the newer file was written anew meanwhile: what is in the target is of no use then
     */
    public static boolean write(Path older, Path newer, boolean isOver, OutputStream target) throws IOException {
        try (CsvTable before = CsvTable.open(older, true);
                CsvTable now = CsvTable.open(newer, isOver)) {
            Set<String> columns = new LinkedHashSet<>(now.columns());
            columns.addAll(before.columns());
            if (!columns.isEmpty()) {
                CsvMerge merge = new CsvMerge(new ArrayList<>(columns), target);
                merge.line(merge.columns);
                merge.rows(before, now);
            }
            return isOver || now.isUnchanged();
        }
    }

    private void rows(CsvTable before, CsvTable now) throws IOException {
        boolean hasEpochs = before.hasEpochs() && now.hasEpochs();
        List<Row> older = before.rows(order(before, before, hasEpochs));
        List<Row> newer = now.rows(order(now, now, hasEpochs));
        Comparator<Row> order = order(before, now, hasEpochs);
        int next = 0;
        for (Row row : older) {
            for (; next < newer.size() && order.compare(row, newer.get(next)) >= 0; next++) {
                row(now, newer.get(next));
            }
            boolean isReplaced = next > 0 && order.compare(row, newer.get(next - 1)) == 0;
            if (!isReplaced) {
                row(before, row);
            }
        }
        for (Row row : newer.subList(next, newer.size())) {
            row(now, row);
        }
    }

    /** The order of the rows of one table among those of another. */
    private static Comparator<Row> order(CsvTable first, CsvTable second, boolean hasEpochs) {
        return (one, other) -> {
            int byEpoch = hasEpochs ? Double.compare(one.epoch(), other.epoch()) : 0;
            return byEpoch == 0 ? Double.compare(first.step(one), second.step(other)) : byEpoch;
        };
    }

    private void row(CsvTable table, Row row) throws IOException {
        List<String> cells = table.cells(row);
        List<String> line = new ArrayList<>(columns.size());
        for (int place : places.computeIfAbsent(row.header(), this::places)) {
            line.add(place >= 0 && place < cells.size() ? cells.get(place) : "");
        }
        line(line);
    }

    private int[] places(CsvHeader header) {
        return columns.stream().mapToInt(header.cells()::indexOf).toArray();
    }

    private void line(List<String> cells) throws IOException {
        String line = cells.stream().map(CsvMerge::cell).collect(Collectors.joining(",", "", "\n"));
        target.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(String text) {
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
