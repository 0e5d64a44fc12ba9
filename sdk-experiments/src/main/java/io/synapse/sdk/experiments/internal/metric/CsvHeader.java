package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a segment of a CSV file.
 *
 * @param cells those of the line
 */
public record CsvHeader(List<String> cells) {
    private static final List<String> STEP_NAMES = List.of("step", "epoch");

    /** The cells are copied. */
    public CsvHeader {
        cells = List.copyOf(cells);
    }

    /** The column that has the step: {@code step}, else {@code epoch}; -1 for none. */
    int stepColumn() {
        return STEP_NAMES.stream()
                .mapToInt(cells::indexOf)
                .filter(column -> column >= 0)
                .findFirst()
                .orElse(-1);
    }

    /** The name of the column that has the step. */
    public @Nullable String stepName() {
        int column = stepColumn();
        return column < 0 ? null : cells.get(column);
    }

    /** For each column the number of its metric, and -1 for one that is none: the step, one without a name, a repetition. */
    int[] metricOfColumn() {
        Set<String> seen = new HashSet<>();
        int[] metrics = new int[cells.size()];
        for (int column = 0; column < metrics.length; column++) {
            boolean isMetric = column != stepColumn() && !cells.get(column).isEmpty() && seen.add(cells.get(column));
            metrics[column] = isMetric ? seen.size() - 1 : -1;
        }
        return metrics;
    }

    /** The names of the columns but that of the step, each once. */
    List<String> metrics() {
        Set<String> names = new LinkedHashSet<>(cells);
        names.remove("");
        names.remove(stepName());
        return new ArrayList<>(names);
    }

    /**
     * Whether a line below this header is a new one: all its cells are words, one of which is known as a column's name. A row
     * of a file of metrics has numbers, or empty cells.
     */
    boolean isFollowedBy(List<String> line) {
        return line.stream().noneMatch(cell -> cell.isEmpty() || !Missing.is(CsvLine.number(cell)))
                && line.stream().anyMatch(cell -> STEP_NAMES.contains(cell) || cells.contains(cell));
    }
}
