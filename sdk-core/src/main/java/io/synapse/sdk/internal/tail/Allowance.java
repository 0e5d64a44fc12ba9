package io.synapse.sdk.internal.tail;

import io.synapse.sdk.Failure;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailProtocol;
import org.jspecify.annotations.Nullable;

/** What a stream may still deliver of its {@link StreamLimits}. */
final class Allowance {
    private final StreamLimits limits;
    private final TailCounters counters;
    private long messages;
    private long lines;
    private long bytes;
    private @Nullable String exceeded;

    Allowance(StreamLimits limits, TailCounters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /** How many messages may still come together, at least one. */
    int messagesAtOnce(TailProtocol protocol) {
        long left = protocol == TailProtocol.WEBSOCKET ? limits.maxMessages() - messages : Integer.MAX_VALUE;
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }

    /**
     * As much of a new piece of text as the limits allow; {@link #isExceeded} tells whether that was not all.
     *
     * @param count how many messages it came in, at most {@link #messagesAtOnce}
     */
    String admit(String text, int count, TailProtocol protocol) {
        if (protocol == TailProtocol.WEBSOCKET && messages == limits.maxMessages()) {
            exceeded = limits.maxMessages() + " messages (maxMessages)";
            return "";
        }
        String admitted = protocol == TailProtocol.HTTP ? admitLines(text) : text;
        admitted = admitBytes(admitted);
        if (!admitted.isEmpty()) {
            messages += protocol == TailProtocol.WEBSOCKET ? count : 0;
            counters.messagesDelivered(count);
        }
        return admitted;
    }

    boolean isExceeded() {
        return exceeded != null;
    }

    StreamLimitExceededException failure(LogFeed.Subject subject) {
        String message = "the log of " + subject + " is longer than the stream limit of " + exceeded
                + "; what came before was delivered";
        return new StreamLimitExceededException(Failure.of(429, message), counters.snapshot());
    }

    private String admitLines(String text) {
        if (limits.maxLines() == Long.MAX_VALUE) {
            return text;
        }
        int from = 0;
        while (from < text.length()) {
            if (lines == limits.maxLines()) {
                exceeded = limits.maxLines() + " lines (maxLines)";
                return text.substring(0, from);
            }
            int end = text.indexOf('\n', from);
            if (end < 0) {
                break;
            }
            lines++;
            from = end + 1;
        }
        return text;
    }

    private String admitBytes(String text) {
        long size = Utf8.length(text);
        if (size <= limits.maxBytes() - bytes) {
            bytes += size;
            counters.textDelivered(size);
            return text;
        }
        exceeded = limits.maxBytes() + " bytes (maxBytes)";
        String admitted = text.substring(0, Utf8.charactersWithin(text, limits.maxBytes() - bytes));
        long delivered = Utf8.length(admitted);
        bytes += delivered;
        counters.textDelivered(delivered);
        return admitted;
    }
}
