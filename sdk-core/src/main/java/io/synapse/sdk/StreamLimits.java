package io.synapse.sdk;

/**
 * How much a log stream may deliver. The defaults are the agent's documented ones. A log with more than
 * {@code maxMessages}, {@code maxLines} or {@code maxBytes} ends the stream with a {@link StreamLimitExceededException},
 * after everything up to the limit was delivered (the beginning of a line that is cut off there as a line); one that
 * has exactly as much ends as usual. A line above {@code maxMessageSize} is shortened and counted. Text that a server
 * repeats after a reconnect does not count again. Immutable.
 *
 * @param maxMessages messages that brought new text over a WebSocket; at least 1
 * @param maxLines lines that came over HTTP; at least 1
 * @param maxBytes bytes of text (UTF-8), over either; at least 1
 * @param maxMessageSize the longest line in characters: what is beyond is left out of the line view and counted in
 *     {@link LogStatistics#shortenedLines()}; {@link LogStream#transferTo} is not shortened; at least 1
 * @param queueSize the most lines that an asynchronous stream may read ahead of its subscriber; at least 1. At present
 *     it reads one ahead, and leaves the others to wait at the server
 */
public record StreamLimits(long maxMessages, long maxLines, long maxBytes, int maxMessageSize, int queueSize) {
    /** 10,000 messages, 50,000 lines, 50 MiB, 10,240 characters a line, 1,000 lines ahead. */
    public static final StreamLimits DEFAULT = new StreamLimits(10_000, 50_000, 50L << 20, 10_240, 1_000);

    /** As many messages, lines and bytes as there are; lines and queue as in {@link #DEFAULT}. */
    public static final StreamLimits UNLIMITED =
            new StreamLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_240, 1_000);

    /**
     * Checks the ranges.
     *
     * @throws BadRequestException when a limit is below 1
     */
    public StreamLimits {
        if (maxMessages < 1 || maxLines < 1 || maxBytes < 1 || maxMessageSize < 1 || queueSize < 1) {
            throw BadRequestException.refused("stream limits must be at least 1");
        }
    }

    /** The same limits with another number of messages. */
    public StreamLimits maxMessages(long messages) {
        return new StreamLimits(messages, maxLines, maxBytes, maxMessageSize, queueSize);
    }

    /** The same limits with another number of lines. */
    public StreamLimits maxLines(long lines) {
        return new StreamLimits(maxMessages, lines, maxBytes, maxMessageSize, queueSize);
    }

    /** The same limits with another number of bytes. */
    public StreamLimits maxBytes(long bytes) {
        return new StreamLimits(maxMessages, maxLines, bytes, maxMessageSize, queueSize);
    }

    /** The same limits with another length of the longest line. */
    public StreamLimits maxMessageSize(int characters) {
        return new StreamLimits(maxMessages, maxLines, maxBytes, characters, queueSize);
    }

    /** The same limits with another queue size. */
    public StreamLimits queueSize(int lines) {
        return new StreamLimits(maxMessages, maxLines, maxBytes, maxMessageSize, lines);
    }
}
