package io.synapse.sdk.benchmarks.server;

import java.nio.charset.StandardCharsets;

/**
 * A log that the server makes up, as its job's id says: so many lines of 100 bytes, so many of them in an event.
 *
 * @param lines how many lines it has
 * @param linesPerEvent how many of them an event of an agent carries
 * @param live whether a line comes each second, as of a job that runs; otherwise all at once
 */
public record LogShape(long lines, int linesPerEvent, boolean live) {
    /** Lines of text that are made once and then sent again and again; a log has a multiple of them. */
    public static final int BLOCK_LINES = 8_000;

    /** Bytes of a line, its newline included. */
    public static final int LINE_BYTES = 100;

    /** A job that finished long ago. */
    public static LogShape finished(long lines, int linesPerEvent) {
        if (lines % BLOCK_LINES != 0 || BLOCK_LINES % linesPerEvent != 0) {
            throw new IllegalArgumentException("lines come in blocks of " + BLOCK_LINES);
        }
        return new LogShape(lines, linesPerEvent, false);
    }

    /** A job that writes a line each second. */
    public static LogShape live(long seconds) {
        return new LogShape(seconds, 1, true);
    }

    /** The id of a job with such a log. */
    public String jobId() {
        return (live ? "live-" : "finished-") + lines + '-' + linesPerEvent;
    }

    /** The log of a job. */
    static LogShape of(String jobId) {
        String[] words = jobId.split("-", -1);
        return new LogShape(Long.parseLong(words[1]), Integer.parseInt(words[2]), words[0].equals("live"));
    }

    /** The text of some lines, as a training job might write it. */
    static byte[] text(int from, int to) {
        StringBuilder text = new StringBuilder((to - from) * LINE_BYTES);
        for (int line = from; line < to; line++) {
            String words =
                    "2026-11-21 14:%02d:%02d,%03d INFO train.py:214 -- epoch %d step %06d loss %.6f lr 0.000%d gpu_mem 17.%d GB"
                            .formatted(
                                    line / 6000 % 60,
                                    line / 100 % 60,
                                    line % 1000,
                                    line / 1000,
                                    line,
                                    1.0 / (line + 1),
                                    line % 9 + 1,
                                    line % 97);
            text.append("%-99.99s\n".formatted(words));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
