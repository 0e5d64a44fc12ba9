package io.synapse.sdk.experiments.internal.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cells of a line of CSV. A quoted cell may have commas, and quotes that are doubled; no line ends. */
final class CsvLine {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvLine() {}

    /** A line without its end, and without the mark with which a file may begin that was put behind another one. */
    static String text(String line) {
        String text = line.stripTrailing();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at <= line.length()) {
            int end = line.startsWith("\"", at) ? endOfQuoted(line, at) : end(line, at);
            cells.add(unquoted(line.substring(at, end)).strip());
            at = end + 1;
        }
        return cells;
    }

    /** The number that a cell has; {@link Missing#VALUE} when it is empty or no number. */
    static double number(String cell) {
        if (cell.isEmpty()) {
            return Missing.VALUE;
        }
        for (int at = 0; at < cell.length(); at++) {
            char c = cell.charAt(at);
            // Java's own reader takes more than Python's writes: hexadecimal numbers, "1d"
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return word(cell);
            }
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) { // for instance "-" or a date: a cell that is no number has no value
            return Missing.VALUE;
        }
    }

    private static double word(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Missing.VALUE;
        };
    }

    private static int end(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma;
    }

    private static int endOfQuoted(String line, int from) {
        for (int at = from + 1; at < line.length(); at++) {
            if (line.charAt(at) == '"') {
                if (line.startsWith("\"", at + 1)) {
                    at++;
                } else {
                    return end(line, at);
                }
            }
        }
        return line.length();
    }

    private static String unquoted(String cell) {
        return cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                : cell;
    }
}
