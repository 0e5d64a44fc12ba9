package io.synapse.sdk.internal.event;

import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.internal.http.MessageTooLargeException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the bytes of one response, wherever these are cut (HTML Living Standard, section 9.2.6). An event
 * that is not ended by an empty line is none. Used by one thread.
 */
final class EventParser {
    /** More than any message of a service behind a gateway (50 MiB, wire/gateway.md, section 5). */
    static final int MAX_EVENT_BYTES = 64 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Queue<ServerSentEvent> events = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private @Nullable String id;
    private boolean begun;

    /** Whether the last byte was a carriage return: a line feed that follows belongs to it. */
    private boolean afterReturn;

    /**
     * Takes the next bytes of the response.
     *
     * @throws MessageTooLargeException when an event is longer than {@link #MAX_EVENT_BYTES}
     */
    void add(byte[] bytes, int length) throws MessageTooLargeException {
        int from = 0;
        for (int at = 0; at < length; at++) {
            boolean isReturn = bytes[at] == '\r';
            boolean endsPair = bytes[at] == '\n' && afterReturn;
            if (endsPair) {
                from = at + 1;
            } else if (isReturn || bytes[at] == '\n') {
                append(bytes, from, at);
                endLine();
                from = at + 1;
            }
            afterReturn = isReturn;
        }
        append(bytes, from, length);
    }

    /** The next event that has come as a whole; null when there is none. */
    @Nullable
    ServerSentEvent poll() {
        return events.poll();
    }

    private void append(byte[] bytes, int from, int to) throws MessageTooLargeException {
        if (line.size() + data.length() + (to - from) > MAX_EVENT_BYTES) {
            throw new MessageTooLargeException(MAX_EVENT_BYTES);
        }
        line.write(bytes, from, to - from);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!begun && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        begun = true;
        if (text.isEmpty()) {
            endEvent();
        } else {
            addField(text);
        }
    }

    /** A line that begins with a colon is a comment, and one without a colon a field without a value. */
    private void addField(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        String value = rest.startsWith(" ") ? rest.substring(1) : rest;
        switch (field) {
            case "data" -> data.append(value).append('\n');
            case "event" -> name = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            default -> {} // a comment, a time to wait, or a field of a later standard
        }
    }

    private void endEvent() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.add(new ServerSentEvent(name.isEmpty() ? "message" : name, data.toString(), id));
        }
        data.setLength(0);
        name = "";
        id = null;
    }
}
