package io.synapse.sdk.internal.tail;

import java.time.Duration;

/**
 * Leaves out all but the last lines of what is there when a stream begins, from a server that starts at the beginning.
 * What is there has ended when the server pauses, or sends as slowly as a job that writes.
 */
final class LastLines {
    /** A pause of the server that shows that there is no more. */
    static final Duration QUIET = Duration.ofMillis(250);

    private static final int MAX_BYTES = 16 << 20;
    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FAST_BYTES = 64 << 10;

    private final int lines;
    private long windowStart;
    private long windowBytes;
    private int lengthAtLastTrim;

    LastLines(int lines) {
        this.lines = lines;
    }

    /** Takes note of new text; whether it is the first that is not of what is there. */
    boolean received(long bytes, long now) {
        windowBytes += bytes;
        if (windowStart == 0) {
            windowStart = now;
        }
        if (now - windowStart < WINDOW_NANOS) {
            return false;
        }
        boolean slow = windowBytes < FAST_BYTES;
        windowStart = now;
        windowBytes = 0;
        return slow;
    }

    /** How many bytes at the front are of lines before the last ones. Found out again only when that is worth it. */
    int surplus(TextBuffer text, boolean exactly) {
        if (!exactly && text.length() < 2 * lengthAtLastTrim + FAST_BYTES && text.length() < 2 * MAX_BYTES) {
            return 0;
        }
        byte[] bytes = text.bytes();
        int at = text.end();
        int left = Math.max(lines, 1); // with none, the line that has begun: its end is still to come
        if (lines > 0 && at > text.start() && bytes[at - 1] == '\n') {
            at--;
        }
        while (left > 0 && at > text.start() && text.end() - at < MAX_BYTES) {
            at--;
            left -= bytes[at] == '\n' ? 1 : 0;
        }
        int from = left == 0 ? at + 1 : at;
        lengthAtLastTrim = text.end() - from;
        return from - text.start();
    }
}
