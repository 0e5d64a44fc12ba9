package io.synapse.sdk.internal.tail;

/** What comes through a {@link LogConnection}. */
public sealed interface LogEvent {
    /**
     * Text of the log.
     *
     * @param text some of it, cut anywhere between two characters; not empty
     * @param offset bytes of the log up to the end of this text, as the server counts them, or {@link #UNKNOWN}
     * @param form what the text stands for
     */
    record Text(String text, long offset, Form form) implements LogEvent {
        /** The offset of servers that do not count. */
        public static final long UNKNOWN = -1;
    }

    /** What a piece of text stands for. */
    enum Form {
        /** Exactly these characters of the log. */
        EXACT,
        /** Either exact text or a line without its end: the engine finds out (wire/agent.md, section 5). */
        TEXT_OR_LINE
    }

    /** Nothing new, but the server is alive. */
    record Heartbeat() implements LogEvent {}

    /** The server says that the log is complete. */
    record Complete() implements LogEvent {}

    /** The server has closed the connection in an orderly way. */
    record End() implements LogEvent {}

    /**
     * The server gives up.
     *
     * @param message why
     */
    record Error(String message) implements LogEvent {}
}
