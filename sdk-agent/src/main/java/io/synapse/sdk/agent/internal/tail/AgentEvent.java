package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.internal.json.JsonObjectReader;
import io.synapse.sdk.internal.tail.LogEvent;
import io.synapse.sdk.internal.tail.LogEvent.Form;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of an agent: a JSON object with a type, or bare text (wire/agent.md, section 5). An empty {@code log}
 * message is kept: from an agent that sends one line a message it is an empty line, and it means nothing otherwise.
 */
final class AgentEvent implements JsonObjectReader.Fields {
    private static final char UNDECODABLE = '\uFFFD';

    private @Nullable String type;
    private @Nullable String message;
    private long offset = LogEvent.Text.UNKNOWN;

    private AgentEvent() {}

    /**
     * What an event says; null when it says nothing.
     *
     * @param bareForm what text that is not JSON stands for
     */
    static @Nullable LogEvent decode(byte[] bytes, int from, int length, Form bareForm) {
        if (!looksLikeObject(bytes, from, length)) {
            return bare(text(bytes, from, length), bareForm);
        }
        AgentEvent event = new AgentEvent();
        boolean isObject =
                FlatObject.read(bytes, from, length, event) || JsonObjectReader.read(bytes, from, length, event);
        if (isObject && event.type != null) {
            return event.meaning(event.type);
        }
        String text = text(bytes, from, length);
        return text.indexOf(UNDECODABLE) >= 0 ? decodeRepaired(text, bareForm) : bare(text, bareForm);
    }

    /** Whether bytes are the beginning of an event whose end never came. */
    static boolean isTorn(byte[] bytes, int from, int length) {
        return looksLikeObject(bytes, from, length) && !JsonObjectReader.read(bytes, from, length, new AgentEvent());
    }

    @Override
    public void text(String name, String value, boolean isString) {
        if (name.equals("type")) {
            type = isString ? value : null;
        } else if (name.equals("message")) {
            message = value;
        }
    }

    @Override
    public void number(String name, long value) {
        if (name.equals("offset")) {
            offset = value;
        } else if (name.equals("message")) {
            message = Long.toString(value);
        }
    }

    private @Nullable LogEvent meaning(String kind) {
        String words = message == null ? "" : message;
        return switch (kind) {
            case "complete" -> new LogEvent.Complete();
            case "error" -> new LogEvent.Error(words);
            case "log" -> message == null ? null : text(words);
            case "heartbeat" -> words.isEmpty() ? new LogEvent.Heartbeat() : text(words);
            default -> words.isEmpty() ? null : text(words);
        };
    }

    private @Nullable LogEvent text(String words) {
        if (offset == LogEvent.Text.UNKNOWN) {
            return new LogEvent.Text(words, offset, Form.TEXT_OR_LINE);
        }
        return words.isEmpty() ? null : new LogEvent.Text(words, offset, Form.EXACT);
    }

    /** Text of an agent that put bytes into JSON which are no characters. */
    private static @Nullable LogEvent decodeRepaired(String text, Form bareForm) {
        byte[] repaired = text.getBytes(StandardCharsets.UTF_8);
        AgentEvent event = new AgentEvent();
        boolean isEvent = JsonObjectReader.read(repaired, 0, repaired.length, event) && event.type != null;
        return isEvent && event.type != null ? event.meaning(event.type) : bare(text, bareForm);
    }

    private static LogEvent bare(String text, Form form) {
        return new LogEvent.Text(text, LogEvent.Text.UNKNOWN, form);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static boolean looksLikeObject(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] > ' ') {
                return bytes[i] == '{';
            }
        }
        return false;
    }
}
