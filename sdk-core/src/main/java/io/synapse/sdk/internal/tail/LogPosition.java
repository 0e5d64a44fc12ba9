package io.synapse.sdk.internal.tail;

import java.net.ProtocolException;

/**
 * How much of the log was given out, and what of a new connection's text is new. Counted in two ways: in bytes for
 * servers that say the offset of each piece, and in characters for servers that start over on every connection. Line
 * ends are left out of the latter count, except for those at its very end: a server may frame its text in another way
 * the next time, and one way of framing keeps line ends where the other does not.
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

    /** Characters other than line ends. */
    private long solid;

    /** Line ends after the last of those. */
    private long trailing;

    /** What this connection still has to repeat. */
    private long solidToSkip;

    private long trailingToSkip;

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
        solidToSkip = solid;
        trailingToSkip = trailing;
    }

    /** Whether this connection has come as far as all those before. */
    boolean isCaughtUp() {
        return exact && connectionOffset >= offset || solidToSkip == 0;
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
     */
    String advance(String text, long end) throws ProtocolException {
        boolean counts = exact && end != LogEvent.Text.UNKNOWN;
        int from = counts ? skipTo(text, end) : skipCounted(text, end);
        if (from > 0) {
            counters.textRepeated(Utf8.length(text.substring(0, from)));
        }
        String fresh = text.substring(from);
        offset = counts ? Math.max(offset, end) : offset + Utf8.length(fresh);
        exact &= counts || fresh.isEmpty();
        count(fresh);
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

    private int skipCounted(String text, long end) {
        if (end != LogEvent.Text.UNKNOWN) {
            connectionOffset = end;
        } else if (isCountedByServer()) {
            return text.length(); // a greeting: the log itself has offsets on this connection
        }
        int from = 0;
        while (from < text.length() && (solidToSkip > 0 || trailingToSkip > 0)) {
            boolean lineEnd = isLineEnd(text.charAt(from));
            if (solidToSkip > 0) {
                solidToSkip -= lineEnd ? 0 : 1;
            } else if (lineEnd) {
                trailingToSkip--;
            } else {
                trailingToSkip = 0;
                break;
            }
            from++;
        }
        return from;
    }

    private void count(String fresh) {
        int ends = 0;
        while (ends < fresh.length() && isLineEnd(fresh.charAt(fresh.length() - 1 - ends))) {
            ends++;
        }
        trailing = ends == fresh.length() ? trailing + ends : ends;
        solid += fresh.length() - occurrences(fresh, '\n') - occurrences(fresh, '\r');
    }

    private static int occurrences(String text, char c) {
        int number = 0;
        for (int at = text.indexOf(c); at >= 0; at = text.indexOf(c, at + 1)) {
            number++;
        }
        return number;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
