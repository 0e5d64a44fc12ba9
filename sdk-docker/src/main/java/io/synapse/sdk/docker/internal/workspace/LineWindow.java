package io.synapse.sdk.docker.internal.workspace;

import java.util.OptionalLong;

/**
 * Takes some lines out of a text that comes in pieces, and counts the others. A line ends with {@code \n}, {@code \r\n}
 * or {@code \r}: the protocol's source reads with Python's universal line ends, and line numbers have to be the same.
 * Keeps no more than a page, however long lines are. Not safe for use by several threads.
 */
final class LineWindow {
    private static final byte[] NEW_LINE = {'\n'};

    private final long offset;
    private final long limit;
    private final int pageBytes;
    private final LimitedBytes page;
    private long lines;
    private boolean inLine;
    private boolean afterCarriageReturn;

    /**
     * @param offset how many lines to leave out; not negative
     * @param limit how many to take at most; positive
     * @param pageBytes the most that these may take in UTF-8, together with what joins them
     */
    LineWindow(long offset, long limit, int pageBytes) {
        this.offset = offset;
        this.limit = limit;
        this.pageBytes = pageBytes;
        page = new LimitedBytes(pageBytes + 1); // which tells that there is more than fits
    }

    void add(byte[] bytes, int from, int length) {
        int end = from + length;
        int index = from;
        while (index < end) {
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (bytes[index] == '\n') {
                    index++;
                    continue;
                }
            }
            beginLine();
            int lineEnd = lineEnd(bytes, index, end);
            if (isWanted()) {
                page.add(bytes, index, lineEnd - index);
            }
            if (lineEnd < end) {
                inLine = false;
                afterCarriageReturn = bytes[lineEnd] == '\r';
            }
            index = lineEnd + 1;
        }
    }

    private void beginLine() {
        if (inLine) {
            return;
        }
        inLine = true;
        lines++;
        if (isWanted() && lines > offset + 1) {
            page.add(NEW_LINE, 0, 1);
        }
    }

    private boolean isWanted() {
        return lines > offset && lines - offset <= limit;
    }

    private static int lineEnd(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && bytes[index] != '\n' && bytes[index] != '\r') {
            index++;
        }
        return index;
    }

    /** What was found, when all has been added. */
    PageContent content() {
        if (offset >= lines) {
            return new PageContent.OffsetPastEnd(offset, lines);
        }
        // What is not UTF-8 becomes longer when it is replaced, never shorter, and so does a character of which only
        // the
        // beginning was kept: what is too long now is too long then.
        String text = page.text(page.size());
        int end = Utf8.indexWithin(text, pageBytes);
        if (end == text.length()) {
            return text(text, limit < lines - offset ? offset + limit : lines, false);
        }
        String shown = text.substring(0, end);
        long newLines = shown.chars().filter(each -> each == '\n').count();
        if (text.charAt(end) == '\n') {
            return text(shown, offset + newLines + 1, true); // cut between two lines
        }
        String kept = shown.endsWith("\n") ? shown.substring(0, end - 1) : shown;
        return text(kept, offset + Math.max(newLines, 1), true);
    }

    private PageContent text(String text, long endLine, boolean cut) {
        OptionalLong nextOffset = endLine < lines ? OptionalLong.of(endLine) : OptionalLong.empty();
        return new PageContent.Text(text, offset + 1, endLine, lines, nextOffset, cut);
    }
}
