package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a segment of a CSV file. Immutable. */
public final class CsvHeader {
    private static final List<String> STEP_NAMES = List.of("step", "epoch");

    private final List<String> cells;
    private final Set<String> names;
    private final int stepColumn;
    private final List<String> metrics = new ArrayList<>();
    private final int[] metricOfColumn;

    /**
     * The columns of these names.
     *
     * @param cells those of the line; copied
     */
    public CsvHeader(List<String> cells) {
        this.cells = List.copyOf(cells);
        stepColumn = STEP_NAMES.stream()
                .mapToInt(cells::indexOf)
                .filter(column -> column >= 0)
                .findFirst()
                .orElse(-1);
        metricOfColumn = new int[cells.size()];
        Arrays.fill(metricOfColumn, -1);
        names = new HashSet<>();
        for (int column = 0; column < metricOfColumn.length; column++) {
            String name = cells.get(column);
            if (names.add(name) && column != stepColumn && !name.isEmpty()) {
                metricOfColumn[column] = metrics.size();
                metrics.add(name);
            }
        }
    }

    /** The cells of the line. */
    public List<String> cells() {
        return cells;
    }

    /** The column that has the step: {@code step}, else {@code epoch}; -1 for none. */
    int stepColumn() {
        return stepColumn;
    }

    /** The name of the column that has the step. */
    public @Nullable String stepName() {
        return stepColumn < 0 ? null : cells.get(stepColumn);
    }

    /**
     * The metric of a column by its number among {@link #metrics}; -1 for a column that is none: the step, one without a
     * name, a repetition of a name, one that the header does not have.
     */
    int metric(int column) {
        return column < metricOfColumn.length ? metricOfColumn[column] : -1;
    }

    /** The names of the columns but that of the step, each once. */
    List<String> metrics() {
        return metrics;
    }

    /**
     * Whether a line below this header is a new one: all its cells are words, one of which is known as a column's name; or
     * it is this header once more. A row of a file of metrics has numbers, or empty cells.
     */
    boolean isFollowedBy(List<String> line) {
        return line.equals(cells) && line.stream().anyMatch(CsvHeader::isWord)
                || line.stream().allMatch(CsvHeader::isWord)
                        && line.stream().anyMatch(cell -> STEP_NAMES.contains(cell) || names.contains(cell));
    }

    private static boolean isWord(String cell) {
        return !cell.isEmpty() && Missing.is(CsvLine.number(cell));
    }
}
