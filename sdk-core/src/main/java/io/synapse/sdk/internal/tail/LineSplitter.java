package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines out of text that arrives in pieces: {@code \n} and {@code \r\n} end a line, a lone {@code \r} stays inside
 * it. Lines above a limit are shortened; no more than the limit of them, and the last piece, is ever held in memory.
 */
final class LineSplitter {
    private final TextBuffer text;
    private final int maxLength;
    private final TailCounters counters;

    /** No newline is in so many bytes at the front. */
    private int searched;

    /** Bytes of the line at the front that are in the buffer no more, and whether the last of them is a {@code \r}. */
    private long dropped;

    private boolean droppedReturn;

    /** What the last line given out takes of the buffer, its end included. */
    private int taken;

    LineSplitter(TextBuffer text, int maxLength, TailCounters counters) {
        this.text = text;
        this.maxLength = maxLength;
        this.counters = counters;
    }

    /** The next whole line, or null when more text is needed. It stays in the buffer until {@link #remove}. */
    @Nullable
    String next() {
        int start = text.start();
        int newline = ByteSearch.indexOf(text.bytes(), start + searched, text.end(), '\n');
        if (newline < 0) {
            searched = text.length();
            return null;
        }
        taken = newline + 1 - start;
        return line(newline, 1);
    }

    /** The last line, which has no end; null when there is none. */
    @Nullable
    String last() {
        taken = text.length();
        return taken == 0 ? null : line(text.end(), 0);
    }

    /** Takes the line that was given out last out of the buffer. */
    void remove() {
        text.remove(taken);
        taken = 0;
        searched = 0;
        dropped = 0;
    }

    /** Whether the line at the front is so long that {@link #drop} would leave out some of it. */
    boolean isTooLong() {
        return text.length() > maxLength + 1;
    }

    /** Leaves out what a line at the front has too much, while its end has not come. */
    void drop() {
        int kept = maxLength + 1; // one more shows whether a character would be cut in two
        droppedReturn = text.bytes()[text.end() - 1] == '\r';
        dropped += text.length() - kept;
        text.truncate(kept);
        searched = kept;
    }

    /** Whether some of the line at the front is not in the buffer any more. */
    boolean hasDropped() {
        return dropped > 0;
    }

    private String line(int end, int ends) {
        byte[] bytes = text.bytes();
        int start = text.start();
        boolean nothingAfterDropped = dropped > 0 && end == start + maxLength + 1;
        boolean endsInReturn = nothingAfterDropped ? droppedReturn : end > start && bytes[end - 1] == '\r';
        long length = end - start + dropped - (endsInReturn ? ends : 0);
        if (length <= maxLength) {
            return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
        }
        int whole = Utf8.wholeCharacters(bytes, start, maxLength);
        counters.lineShortened(length - whole);
        return new String(bytes, start, whole, StandardCharsets.UTF_8);
    }
}
