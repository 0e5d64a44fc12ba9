package io.synapse.sdk.docker.internal.workspace;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which lines two texts differ, as far as there is room in a message to a model, which has to learn what another has
 * changed, but can read the file for all of it. Immutable.
 *
 * @param hunks in the order of the texts
 * @param moreLines how many removed and added lines they lack
 */
record ChangedLines(List<Hunk> hunks, long moreLines) {
    private static final int MOST_LINES = 40;
    private static final int MOST_CHARACTERS = 4_000;
    private static final int LONGEST_LINE = 500;

    /**
     * Up to how many lines of each text are compared one by one. Above, all that lies between the equal lines at both
     * ends counts as changed: the time of a comparison is a square.
     */
    private static final int MOST_COMPARED = 2_000;

    static ChangedLines between(String before, String after) {
        if (before.equals(after)) {
            return new ChangedLines(List.of(), 0);
        }
        int start = equalStart(before, after);
        int end = equalEnd(before, after, start);
        int firstLine = 1 + LineEnds.count(before, 0, start);
        Side removed = Side.of(before, start, before.length() - end, firstLine);
        Side added = Side.of(after, start, after.length() - end, firstLine);
        Room room = new Room();
        if (removed.count > MOST_COMPARED || added.count > MOST_COMPARED) {
            room.add(removed, added);
        } else {
            for (Change change : changes(removed.lines, added.lines)) {
                room.add(removed.part(change.oldFrom, change.oldTo), added.part(change.newFrom, change.newTo));
            }
        }
        return new ChangedLines(List.copyOf(room.hunks), room.moreLines);
    }

    /** As a unified diff, with a last line that tells how much is missing. */
    String text() {
        StringBuilder text = new StringBuilder();
        hunks.forEach(hunk -> text.append(hunk.text()));
        if (moreLines > 0) {
            text.append("... and ").append(moreLines).append(" more changed lines\n");
        }
        return text.toString();
    }

    /** Where the first line begins that is not the same. Only {@code \n} ends a line whatever follows it. */
    private static int equalStart(String before, String after) {
        int most = Math.min(before.length(), after.length());
        int equal = 0;
        while (equal < most && before.charAt(equal) == after.charAt(equal)) {
            equal++;
        }
        return before.lastIndexOf('\n', equal - 1) + 1;
    }

    /** How many characters the lines at the end have that are the same, without those that are at the start. */
    private static int equalEnd(String before, String after, int start) {
        int most = Math.min(before.length(), after.length()) - start;
        int equal = 0;
        while (equal < most && before.charAt(before.length() - 1 - equal) == after.charAt(after.length() - 1 - equal)) {
            equal++;
        }
        if (isLineStart(before, before.length() - equal) && isLineStart(after, after.length() - equal)) {
            return equal;
        }
        int lineEnd = before.indexOf('\n', before.length() - equal);
        return lineEnd < 0 ? 0 : before.length() - lineEnd - 1;
    }

    private static boolean isLineStart(String text, int index) {
        return index == 0 || text.charAt(index - 1) == '\n';
    }

    /** What differs, by the numbers of lines in both lists. */
    private static List<Change> changes(List<String> before, List<String> after) {
        Map<String, Integer> numbers = new HashMap<>(); // compared faster than lines, which may be long
        List<Change> changes = new ArrayList<>();
        for (AbstractDelta<Integer> delta : DiffUtils.diff(
                        numbered(before, numbers), numbered(after, numbers), new MyersDiffWithLinearSpace<>())
                .getDeltas()) {
            Change change = Change.of(delta);
            Change last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            if (last != null && last.oldTo == change.oldFrom) {
                changes.set(changes.size() - 1, new Change(last.oldFrom, change.oldTo, last.newFrom, change.newTo));
            } else {
                changes.add(change);
            }
        }
        return changes;
    }

    private static List<Integer> numbered(List<String> lines, Map<String, Integer> numbers) {
        return lines.stream()
                .map(line -> numbers.computeIfAbsent(line, any -> numbers.size()))
                .toList();
    }

    /** Lines of both texts that are not the same: from the first to the one after the last. */
    private record Change(int oldFrom, int oldTo, int newFrom, int newTo) {
        static Change of(AbstractDelta<Integer> delta) {
            int oldFrom = delta.getSource().getPosition();
            int newFrom = delta.getTarget().getPosition();
            return new Change(
                    oldFrom,
                    oldFrom + delta.getSource().size(),
                    newFrom,
                    newFrom + delta.getTarget().size());
        }
    }

    /**
     * Lines of one text.
     *
     * @param lines with their ends; only the first ones where there are more than are compared
     */
    private record Side(int firstLine, int count, List<String> lines) {
        static Side of(String text, int from, int to, int firstLine) {
            List<String> lines = new ArrayList<>();
            int start = from;
            while (start < to && lines.size() <= MOST_COMPARED) {
                int next = LineEnds.nextLine(text, start);
                lines.add(text.substring(start, next));
                start = next;
            }
            int further = LineEnds.count(text, start, to);
            boolean unfinished = start < to && LineEnds.count(text, to - 1, to) == 0;
            return new Side(firstLine, lines.size() + further + (unfinished ? 1 : 0), lines);
        }

        Side part(int from, int to) {
            return new Side(firstLine + from, to - from, lines.subList(from, to));
        }
    }

    /** Takes as many lines as there is room for. */
    private static final class Room {
        private final List<Hunk> hunks = new ArrayList<>();
        private int lines = MOST_LINES;
        private int characters = MOST_CHARACTERS;
        private long moreLines;

        /** Half of the room at least is for what is there now. */
        void add(Side removed, Side added) {
            int removedLines = Math.max(lines / 2, lines - added.count);
            List<String> before = take(removed.lines, removedLines, added.count == 0 ? characters : characters / 2);
            List<String> after = take(added.lines, lines, characters);
            moreLines += removed.count - before.size() + added.count - after.size();
            if (!before.isEmpty() || !after.isEmpty()) {
                hunks.add(new Hunk(removed.firstLine, removed.count, added.firstLine, added.count, before, after));
            }
        }

        private List<String> take(List<String> from, int mostLines, int mostCharacters) {
            List<String> taken = new ArrayList<>();
            int left = mostCharacters;
            for (String line : from) {
                String shown = shortened(line);
                if (taken.size() == mostLines || shown.length() > left) {
                    break;
                }
                taken.add(shown);
                left -= shown.length();
            }
            lines -= taken.size();
            characters -= mostCharacters - left;
            return taken;
        }

        private static String shortened(String line) {
            String body = LineEnds.withoutLast(line);
            if (body.length() <= LONGEST_LINE) {
                return line;
            }
            int end = Character.isHighSurrogate(body.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
            return body.substring(0, end) + "…" + line.substring(body.length());
        }
    }
}
