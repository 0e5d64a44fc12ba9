package io.synapse.sdk.embedded.internal.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a log into events that are not too large: as many whole lines as fit, a longer line in several pieces, never
 * within a character or what is replaced as one (wire/agent.md, section 5). Not thread-safe.
 */
final class EventCutter {
    private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

    /** {@code data: {"type":"log","message":"","offset":…}} around the text, with room for any offset. */
    private static final int ENVELOPE = 80;

    /** What a replacement character takes. */
    private static final int REPLACEMENT = 3;

    private final int room;

    /**
     * A cutter.
     *
     * @param maxEventSize the longest event in bytes, its envelope included
     */
    EventCutter(int maxEventSize) {
        this.room = maxEventSize - ENVELOPE;
    }

    /**
     * Where the event that begins at {@code from} ends; {@code from} itself when there is nothing to send yet, because
     * the bytes end in the middle of a character.
     *
     * @param last whether no more bytes will ever come, so that half a character is garbage
     */
    int endOfEvent(byte[] bytes, int from, int to, boolean last) {
        int size = 0;
        int lineEnd = from;
        int position = from;
        while (position < to) {
            int length = Utf8.lengthAt(bytes, position, to);
            if (length == Utf8.INCOMPLETE && !last) {
                return position;
            }
            size += length < 1 ? REPLACEMENT : length == 1 ? sizeOf(bytes[position]) : length;
            if (size > room) {
                return lineEnd > from ? lineEnd : position;
            }
            position += length == Utf8.INCOMPLETE ? to - position : Math.abs(length);
            if (bytes[position - 1] == '\n') {
                lineEnd = position;
            }
        }
        return position;
    }

    /** The event for these bytes. */
    static String event(byte[] bytes, int from, int to, long offset) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder event = new StringBuilder(to - from + ENVELOPE).append("{\"type\":\"log\",\"message\":\"");
        JSON.quoteAsString(text, event);
        return event.append("\",\"offset\":").append(offset).append('}').toString();
    }

    /** Text as it stands between the quotes of a JSON string. */
    static String quoted(String text) {
        return new String(JSON.quoteAsString(text));
    }

    /** How many bytes a character below U+0080 takes in a JSON string. */
    private static int sizeOf(byte character) {
        return switch (character) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            default -> character >= 0x20 ? 1 : 6;
        };
    }
}
