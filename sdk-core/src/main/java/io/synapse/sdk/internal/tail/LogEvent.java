package io.synapse.sdk.internal.tail;

/** What comes through a {@link LogConnection}. */
public sealed interface LogEvent {
    /**
     * Text of the log.
     *
     * @param text some of it, cut anywhere between two characters; empty only for an empty line
     * @param offset bytes of the log up to the end of this text, as the server counts them, or {@link #UNKNOWN}
     * @param form what the text stands for
     * @param messages how many of the server's messages it came in
     */
    record Text(String text, long offset, Form form, int messages) implements LogEvent {
        /** The offset of servers that do not count. */
        public static final long UNKNOWN = -1;

        /** The text of one message. */
        public Text(String text, long offset, Form form) {
            this(text, offset, form, 1);
        }
    }

    /** What a piece of text stands for. */
    enum Form {
        /** Exactly these characters of the log. */
        EXACT,
        /** A line without its end. */
        LINE,
        /** Either of the two: the engine finds out (wire/agent.md, section 5). */
        TEXT_OR_LINE
    }

    /**
     * What was delivered before came again and was passed over.
     *
     * @param bytes how much
     */
    record Repeated(long bytes) implements LogEvent {}

    /** Nothing new, but the server is alive. */
    record Heartbeat() implements LogEvent {}

    /** Nothing came in the time given, and the connection is as good as before. */
    record Silence() implements LogEvent {}

    /** The server says that the log is complete. */
    record Complete() implements LogEvent {}

    /** The server has closed the connection in an orderly way, which proves nothing about the log. */
    record End() implements LogEvent {}

    /**
     * What is left of the log does not exist any more.
     *
     * @param why how that is known
     */
    record Lost(String why) implements LogEvent {}

    /**
     * The server gives up.
     *
     * @param message why
     */
    record Error(String message) implements LogEvent {}
}
