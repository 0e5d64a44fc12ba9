package io.synapse.sdk.docker.internal.workspace;

import java.util.List;

/**
 * Lines that follow each other and were replaced by others.
 *
 * @param oldStart the number of the first line that was removed, or before which lines were added; counted from 1
 * @param oldCount how many lines were removed
 * @param newStart the same in the new text
 * @param newCount how many lines were added
 * @param removed the first ones of them with their line ends, perhaps shortened
 * @param added the first ones of them with their line ends, perhaps shortened
 */
record Hunk(int oldStart, int oldCount, int newStart, int newCount, List<String> removed, List<String> added) {
    Hunk {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** As in a unified diff without lines around the changed ones. */
    String text() {
        StringBuilder text =
                new StringBuilder("@@ -%s +%s @@\n".formatted(range(oldStart, oldCount), range(newStart, newCount)));
        boolean showLineEnds = bodies(removed).equals(bodies(added)); // nothing else tells the lines apart
        removed.forEach(line -> append(text, '-', line, showLineEnds));
        added.forEach(line -> append(text, '+', line, showLineEnds));
        return text.toString();
    }

    /** The format names the line before where there are none. */
    private static String range(int start, int count) {
        return (count == 0 ? start - 1 : start) + "," + count;
    }

    private static void append(StringBuilder text, char mark, String line, boolean showLineEnd) {
        String body = LineEnds.withoutLast(line);
        String lineEnd = line.substring(body.length());
        text.append(mark).append(body);
        if (showLineEnd && lineEnd.startsWith("\r")) {
            text.append("\\r");
        }
        text.append('\n');
        if (lineEnd.isEmpty()) {
            text.append("\\ No newline at end of file\n");
        }
    }

    private static List<String> bodies(List<String> lines) {
        return lines.stream().map(LineEnds::withoutLast).toList();
    }
}
