package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts the rows of a metrics file over those of an older one: a step that both have is the newer one's, with all rows that it has
 * of it, and the rows are in the order of their steps. Where all rows have an epoch, steps may begin anew with each.
 */
public final class CsvMerge {
    private CsvMerge() {}

    /**
     * One metrics file of two. A last line without its end counts as in a run that is over: if it has all its cells.
     *
     * @param isOver whether nothing will be added to the newer file; else its last line may be cut, and is left out
     */
    public static String of(String older, String newer, boolean isOver) {
        Table before = Table.parse(older, true);
        Table now = Table.parse(newer, isOver);
        Set<String> columns = new LinkedHashSet<>(now.header);
        columns.addAll(before.header);
        if (columns.isEmpty()) {
            return newer;
        }
        boolean hasEpochs = before.hasEpochs() && now.hasEpochs();
        TreeMap<Place, String> rows = before.lines(columns, hasEpochs);
        rows.putAll(now.lines(columns, hasEpochs));
        String header = line(new ArrayList<>(columns));
        return header + String.join("", rows.values());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(CsvMerge::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String text) {
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    /** What one file has. */
    private record Table(List<String> header, List<Map<String, String>> rows, String stepName) {
        static Table parse(String text, boolean isOver) {
            int end = text.lastIndexOf('\n') + 1;
            List<String> lines = text.substring(0, end)
                    .lines()
                    .map(CsvLine::text)
                    .filter(line -> !line.isBlank())
                    .toList();
            String last = CsvLine.text(text.substring(end));
            if (lines.isEmpty()) {
                return new Table(List.of(), List.of(), "");
            }
            CsvHeader header = new CsvHeader(CsvLine.cells(lines.get(0)));
            List<Map<String, String>> rows = new ArrayList<>();
            Set<String> columns = new LinkedHashSet<>(header.cells());
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = CsvLine.cells(line);
                if (header.isFollowedBy(cells)) {
                    header = new CsvHeader(cells);
                    columns.addAll(cells);
                } else {
                    rows.add(row(header.cells(), cells));
                }
            }
            if (isOver && CsvLine.cells(last).size() == header.cells().size() && !last.isBlank()) {
                rows.add(row(header.cells(), CsvLine.cells(last)));
            }
            String step = new CsvHeader(new ArrayList<>(columns)).stepName();
            return new Table(new ArrayList<>(columns), rows, step == null ? "" : step);
        }

        private static Map<String, String> row(List<String> header, List<String> cells) {
            Map<String, String> row = new TreeMap<>();
            for (int column = 0; column < Math.min(header.size(), cells.size()); column++) {
                row.putIfAbsent(header.get(column), cells.get(column));
            }
            return row;
        }

        boolean hasEpochs() {
            return rows.stream().allMatch(row -> Double.isFinite(number(row, "epoch")));
        }

        TreeMap<Place, String> lines(Set<String> columns, boolean hasEpochs) {
            TreeMap<Place, String> lines = new TreeMap<>();
            for (int number = 0; number < rows.size(); number++) {
                Map<String, String> row = rows.get(number);
                double step = number(row, stepName);
                Place place = new Place(hasEpochs ? number(row, "epoch") : 0, Double.isFinite(step) ? step : number);
                List<String> cells = columns.stream()
                        .map(column -> row.getOrDefault(column, ""))
                        .toList();
                lines.merge(place, line(cells), String::concat);
            }
            return lines;
        }

        private static double number(Map<String, String> row, String column) {
            return CsvLine.number(row.getOrDefault(column, ""));
        }
    }

    /** Where rows are among others. */
    private record Place(double epoch, double step) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingDouble(Place::epoch).thenComparingDouble(Place::step);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
