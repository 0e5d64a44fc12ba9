package io.synapse.sdk;

import java.util.Objects;

/**
 * How much a log stream may deliver: for one stream with {@link TailOptions#limits}, for all streams of a client in its
 * builder. Without limits set by the user a stream has {@link #NONE}.
 *
 * <p>A log with more than {@code maxMessages}, {@code maxLines} or {@code maxBytes} ends the stream with a
 * {@link StreamLimitExceededException}, after everything up to the limit was delivered (the beginning of a line that is
 * cut off there as a line); one that has exactly as much ends as usual. A line above {@code maxMessageSize} is shortened
 * and counted. Text that a server repeats after a reconnect does not count again. Immutable.
 */
public final class StreamLimits {
    /** The longest line that is not shortened unless a limit is set: 16 MiB. Memory stays bounded by it. */
    public static final int LONGEST_LINE = 16 << 20;

    /** As many messages, lines and bytes as there are; lines up to {@link #LONGEST_LINE}. */
    public static final StreamLimits NONE =
            new StreamLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, LONGEST_LINE);

    /** What the Synapse platform's documentation names: 10,000 messages, 50,000 lines, 50 MiB, 10,240 bytes a line. */
    public static final StreamLimits DOCUMENTED = new StreamLimits(10_000, 50_000, 50L << 20, 10_240);

    private final long maxMessages;
    private final long maxLines;
    private final long maxBytes;
    private final int maxMessageSize;

    private StreamLimits(long maxMessages, long maxLines, long maxBytes, int maxMessageSize) {
        if (maxMessages < 1 || maxLines < 1 || maxBytes < 1 || maxMessageSize < 1 || maxMessageSize > LONGEST_LINE) {
            throw BadRequestException.refused(
                    "stream limits must be at least 1, and that of a line at most " + LONGEST_LINE + " bytes");
        }
        this.maxMessages = maxMessages;
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
        this.maxMessageSize = maxMessageSize;
    }

    /** Messages that bring new text over a WebSocket. */
    public long maxMessages() {
        return maxMessages;
    }

    /** Lines that come over HTTP. */
    public long maxLines() {
        return maxLines;
    }

    /** Bytes of text, over either protocol. */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * The longest line in bytes (UTF-8), without its end: what is beyond is left out of the line and counted in
     * {@link LogStatistics#shortenedLines()}. {@link LogStream#transferTo} shortens nothing.
     */
    public int maxMessageSize() {
        return maxMessageSize;
    }

    /**
     * The same limits with another number of messages.
     *
     * @throws BadRequestException when it is below 1
     */
    public StreamLimits maxMessages(long messages) {
        return new StreamLimits(messages, maxLines, maxBytes, maxMessageSize);
    }

    /**
     * The same limits with another number of lines.
     *
     * @throws BadRequestException when it is below 1
     */
    public StreamLimits maxLines(long lines) {
        return new StreamLimits(maxMessages, lines, maxBytes, maxMessageSize);
    }

    /**
     * The same limits with another number of bytes.
     *
     * @throws BadRequestException when it is below 1
     */
    public StreamLimits maxBytes(long bytes) {
        return new StreamLimits(maxMessages, maxLines, bytes, maxMessageSize);
    }

    /**
     * The same limits with another length of the longest line.
     *
     * @throws BadRequestException when it is below 1 or above {@link #LONGEST_LINE}
     */
    public StreamLimits maxMessageSize(int bytes) {
        return new StreamLimits(maxMessages, maxLines, maxBytes, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamLimits that
                && maxMessages == that.maxMessages
                && maxLines == that.maxLines
                && maxBytes == that.maxBytes
                && maxMessageSize == that.maxMessageSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxMessages, maxLines, maxBytes, maxMessageSize);
    }

    @Override
    public String toString() {
        return "StreamLimits[maxMessages=" + maxMessages + ", maxLines=" + maxLines + ", maxBytes=" + maxBytes
                + ", maxMessageSize=" + maxMessageSize + "]";
    }
}
