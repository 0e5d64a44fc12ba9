package io.synapse.sdk.internal.tail;

import io.synapse.sdk.Failure;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.ByteSearch;
import org.jspecify.annotations.Nullable;

/** Keeps a stream within its {@link StreamLimits}. */
final class StreamLimiter {
    private final StreamLimits limits;
    private long messages;
    private long lines;
    private long bytes;
    private @Nullable String exceeded;

    StreamLimiter(StreamLimits limits) {
        this.limits = limits;
    }

    /** How many bytes of a message may be delivered; {@link #isExceeded} says whether that is not all. */
    int admit(byte[] text, int from, int length, TailProtocol protocol) {
        int admitted = length;
        if (protocol == TailProtocol.WEBSOCKET) {
            if (messages == limits.maxMessages()) {
                exceeded = limits.maxMessages() + " messages (maxMessages)";
                return 0;
            }
            messages++;
        } else if (limits.maxLines() != Long.MAX_VALUE) {
            admitted = admitLines(text, from, from + length) - from;
        }
        if (admitted > limits.maxBytes() - bytes) {
            exceeded = limits.maxBytes() + " bytes (maxBytes)";
            admitted = Utf8.wholeCharacters(text, from, (int) (limits.maxBytes() - bytes));
        }
        bytes += admitted;
        return admitted;
    }

    boolean isExceeded() {
        return exceeded != null;
    }

    StreamLimitExceededException failure(LogFeed.Subject subject, LogStatistics delivered) {
        String message = "the log of " + subject + " is longer than the stream limit of " + exceeded
                + "; what came before was delivered";
        return new StreamLimitExceededException(Failure.of(429, message), delivered);
    }

    private int admitLines(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            if (lines == limits.maxLines()) {
                exceeded = limits.maxLines() + " lines (maxLines)";
                return at;
            }
            int end = ByteSearch.indexOf(text, at, to, '\n');
            if (end < 0) {
                return to;
            }
            lines++;
            at = end + 1;
        }
        return to;
    }
}
