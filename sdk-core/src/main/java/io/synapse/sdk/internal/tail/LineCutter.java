package io.synapse.sdk.internal.tail;

import org.jspecify.annotations.Nullable;

/**
 * Cuts text that arrives in pieces into lines: {@code \n} and {@code \r\n} end a line, a lone {@code \r} stays inside
 * it. Lines above a limit are shortened; no more than the limit of them is ever held in memory.
 */
final class LineCutter {
    private final int maxLength;
    private final TailCounters counters;

    /** The beginning of a line whose end has not come yet, at most the limit of it and a final {@code \r}. */
    private final StringBuilder begun = new StringBuilder();

    private String piece = "";
    private int position;
    private boolean inLine;

    /** Bytes left out of the line that is being cut. */
    private long omitted;

    /** A {@code \r} that ended the last piece: part of the line's end, or of the line. */
    private boolean heldReturn;

    LineCutter(int maxLength, TailCounters counters) {
        this.maxLength = maxLength;
        this.counters = counters;
    }

    /** Takes the next piece, once {@link #next} has given out all lines of the last. */
    void take(String text) {
        piece = text;
        position = 0;
    }

    /** The next whole line, or null when another piece is needed. */
    @Nullable
    String next() {
        int end = piece.indexOf('\n', position);
        if (end < 0) {
            keepRest();
            return null;
        }
        int from = position;
        position = end + 1;
        if (inLine) {
            return finish(from, end);
        }
        int stop = end > from && piece.charAt(end - 1) == '\r' ? end - 1 : end;
        return stop - from <= maxLength ? piece.substring(from, stop) : shortened(from, stop);
    }

    /** The last line, which has no end; null when there is none. */
    @Nullable
    String last() {
        if (!inLine) {
            return null;
        }
        if (heldReturn) {
            heldReturn = false;
            append("\r", 0, 1);
        }
        return begunLine();
    }

    private void keepRest() {
        if (position < piece.length()) {
            inLine = true;
            int end = piece.length();
            boolean endsInReturn = piece.charAt(end - 1) == '\r';
            keep(position, endsInReturn ? end - 1 : end);
            heldReturn = endsInReturn;
        }
        piece = "";
        position = 0;
    }

    private String finish(int from, int end) {
        if (end > from) {
            keep(from, piece.charAt(end - 1) == '\r' ? end - 1 : end);
        }
        heldReturn = false;
        return begunLine();
    }

    /** Adds to the line begun. A {@code \r} held from the piece before turns out to be inside the line. */
    private void keep(int from, int to) {
        if (heldReturn) {
            heldReturn = false;
            append("\r", 0, 1);
        }
        append(piece, from, to);
    }

    private void append(String text, int from, int to) {
        int room = omitted > 0 ? 0 : maxLength - begun.length();
        int stop = to - from <= room ? to : from + room;
        begun.append(text, from, stop);
        if (stop < to) {
            omitted += Utf8.length(text.substring(stop, to));
        }
    }

    private String begunLine() {
        if (omitted > 0 && !begun.isEmpty() && Character.isHighSurrogate(begun.charAt(begun.length() - 1))) {
            begun.setLength(begun.length() - 1);
            omitted += 2;
        }
        String line = begun.toString();
        countOmitted();
        begun.setLength(0);
        inLine = false;
        return line;
    }

    private String shortened(int from, int stop) {
        int end = Utf8.wholeCharacters(piece, from + maxLength);
        omitted = Utf8.length(piece.substring(end, stop));
        countOmitted();
        return piece.substring(from, end);
    }

    private void countOmitted() {
        if (omitted > 0) {
            counters.lineShortened(omitted);
            omitted = 0;
        }
    }
}
