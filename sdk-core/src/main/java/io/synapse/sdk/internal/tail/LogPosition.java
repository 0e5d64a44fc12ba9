package io.synapse.sdk.internal.tail;

import java.io.IOException;
import java.net.ProtocolException;

/**
 * How much of the log was given out, and what of a new connection's text is new. Counted in two ways: in bytes for
 * servers that say the offset of each piece, and in characters for servers that start over on every connection. Line
 * ends are left out of the latter count, except for those at its very end: a server may frame its text in another way
 * the next time, and one way of framing keeps line ends where the other does not. A carriage return with its newline is
 * one line end, since one way may make a newline of both.
 *
 * <p>What is only counted may be another text of that length: a server may look for a log in the wrong place, or have
 * begun another. So a hash of the characters tells whether what is passed over is what was given out.
 *
 * <p>Once text came that the server did not count, bytes are an estimate (a carriage return may have been lost on the
 * way), and only characters count from then on.
 */
final class LogPosition {
    private final TailCounters counters;

    /** Bytes of the log, as the server counts. */
    private long offset;

    /** Whether the server has counted all that was given out. */
    private boolean exact = true;

    /** All but the line ends of what was given out. */
    private final SolidText solid = new SolidText();

    /** What of that this connection has repeated so far, unless the server counts. */
    private final SolidText repeated = new SolidText();

    /** Line ends after the last solid character. */
    private long trailing;

    /** The last character that was given out. */
    private char last;

    private boolean isAnotherLog;

    /** How many solid characters this connection has to repeat. */
    private long solidToSkip;

    private long trailingToSkip;

    /** The last character of this connection that was passed over. */
    private char lastSkipped;

    /** The end of this connection's last piece, once it has sent one with an offset. */
    private long connectionOffset = LogEvent.Text.UNKNOWN;

    LogPosition(TailCounters counters) {
        this.counters = counters;
    }

    /** Bytes of the log that were given out, as the server counts; 0 when it does not. */
    long offset() {
        return exact ? offset : 0;
    }

    /** A new connection begins. */
    void connected() {
        connectionOffset = LogEvent.Text.UNKNOWN;
        solidToSkip = solid.length();
        repeated.clear();
        trailingToSkip = trailing;
        lastSkipped = 0;
    }

    /** Whether this connection has come as far as all those before. */
    boolean isCaughtUp() {
        return exact && connectionOffset >= offset || repeated.length() == solidToSkip;
    }

    /** Whether this connection has said an offset. */
    boolean isCountedByServer() {
        return connectionOffset != LogEvent.Text.UNKNOWN;
    }

    /**
     * The part of a piece that was not given out before; it counts as given out from now on.
     *
     * @param end the offset of its end, or {@link LogEvent.Text#UNKNOWN}
     * @throws ProtocolException when the server left something out before this piece
     * @throws ChangedLogException when it is not the log that was given out before
     */
    String advance(String text, long end) throws IOException {
        boolean counts = exact && end != LogEvent.Text.UNKNOWN;
        int from = counts ? skipTo(text, end) : skipCounted(text, end);
        if (from > 0) {
            counters.textRepeated(Utf8.length(text.substring(0, from)));
        }
        String fresh = text.substring(from);
        long size = count(fresh);
        offset = counts ? Math.max(offset, end) : offset + size;
        exact &= counts || fresh.isEmpty();
        return fresh;
    }

    private int skipTo(String text, long end) throws ProtocolException {
        long computed = end - Utf8.length(text);
        if (computed > offset) {
            throw new ProtocolException(
                    "the server left out " + (computed - offset) + " bytes of the log after byte " + offset);
        }
        long start = isCountedByServer() ? connectionOffset : firstStart(text, computed);
        connectionOffset = end;
        if (end <= offset) {
            return text.length();
        }
        return start < offset ? Utf8.charactersWithin(text, offset - start) : 0;
    }

    /**
     * Where a connection's first piece begins. Decoding may have made three bytes of one that was invalid, so that the
     * piece looks longer than it is; then it is where we asked for.
     */
    private long firstStart(String text, long computed) {
        return computed < 0 || text.indexOf(Utf8.REPLACEMENT) >= 0 ? offset : computed;
    }

    private int skipCounted(String text, long end) throws ChangedLogException {
        if (end != LogEvent.Text.UNKNOWN) {
            connectionOffset = end;
        } else if (isCountedByServer()) {
            return text.length(); // a greeting: the log itself has offsets on this connection
        }
        int from = 0;
        while (from < text.length() && isRepeated(text.charAt(from))) {
            lastSkipped = text.charAt(from);
            from++;
        }
        if (isAnotherLog) {
            throw new ChangedLogException();
        }
        if (from < text.length()) {
            trailingToSkip = 0;
            lastSkipped = 0;
        }
        return from;
    }

    private boolean isRepeated(char c) {
        if (repeated.length() < solidToSkip) {
            if (!SolidText.isLineEnd(c)) {
                repeated.add(c);
                isAnotherLog = repeated.length() == solidToSkip && !repeated.isSameAs(solid);
            }
            return true;
        }
        if (isSecondHalf(lastSkipped, c)) {
            return trailingToSkip > 0 || last == '\n';
        }
        return SolidText.isLineEnd(c) && trailingToSkip-- > 0;
    }

    /** Counts in what is new; how many bytes it has. */
    private long count(String fresh) {
        if (fresh.isEmpty()) {
            return 0;
        }
        int end = fresh.length();
        while (end > 0 && SolidText.isLineEnd(fresh.charAt(end - 1))) {
            end--;
        }
        trailing = end == 0 ? trailing : 0;
        char before = end == 0 ? last : fresh.charAt(end - 1);
        for (int at = end; at < fresh.length(); at++) {
            trailing += isSecondHalf(before, fresh.charAt(at)) ? 0 : 1;
            before = fresh.charAt(at);
        }
        last = before;
        return solid.add(fresh);
    }

    /** Whether a newline belongs to the carriage return before it. */
    private static boolean isSecondHalf(char before, char c) {
        return before == '\r' && c == '\n';
    }
}
