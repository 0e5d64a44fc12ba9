package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.json.JsonObjectReader;
import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSink.Form;
import io.synapse.sdk.internal.tail.LogSource;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of one connection to an agent: each a JSON object with a type, or bare text (wire/agent.md, section 5). An
 * empty {@code log} message is kept: from an agent that sends one line a message it is an empty line, and it means
 * nothing otherwise.
 */
final class AgentEvents implements FlatObject.Fields, JsonObjectReader.Fields {
    private static final String BEGINNING = "{\"type\":";
    private static final byte[] TYPE = ascii("type");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] OFFSET = ascii("offset");
    private static final byte[] LOG = ascii("log");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] COMPLETE = ascii("complete");
    private static final byte[] ERROR = ascii("error");
    private static final byte[][] KNOWN_TYPES = {LOG, HEARTBEAT, COMPLETE, ERROR};

    /** What stands for half a character in offsets. */
    private static final int HALF_CHARACTER = 2;

    private final Utf8Writer written = new Utf8Writer();
    private final FlatObject flat = new FlatObject(this, MESSAGE, written);

    /** Whether the connection has brought an event. */
    private boolean hasEvents;

    private byte @Nullable [] type;
    private boolean hasMessage;
    private byte[] message = new byte[0];
    private int messageFrom;
    private int messageLength;
    private long offset;
    private @Nullable String log;
    private @Nullable String code;
    private long tail;

    /** How an agent is asked to go on where we stopped; those that do not know these parameters ignore them. */
    static Endpoint<String> resumed(Endpoint<String> endpoint, LogSource.Resume from) {
        Endpoint<String> asked = endpoint;
        if (from.log() != null) {
            asked = asked.query("log", from.log());
        }
        if (from.offset() > 0) {
            asked = asked.query("offset", from.offset());
            Integer checksum = from.checksum();
            if (checksum != null && from.log() != null) {
                asked = asked.query("crc", Integer.toHexString(checksum));
            }
        }
        if (from.lastLines() >= 0) {
            asked = asked.query("tail", from.lastLines());
        }
        return asked == endpoint ? endpoint : asked.query("max_event", from.maxMessageBytes());
    }

    /**
     * Gives the sink what an event says.
     *
     * @param bareForm what text that is not JSON is
     * @return whether it said something
     * @throws ProtocolException when it is half of an event
     */
    boolean decode(byte[] bytes, int from, int length, Form bareForm, LogSink sink) throws IOException {
        if (!looksLikeObject(bytes, from, length)) {
            sink.text(bytes, from, length, LogSink.UNKNOWN, bareForm);
            return true;
        }
        boolean isObject = read(bytes, from, length);
        if (isObject && type != null) {
            hasEvents = true;
            return give(type, sink);
        }
        if (!isObject && isPartOfEvent(bytes, from, length)) {
            throw new ProtocolException("the agent sent half of an event");
        }
        sink.text(bytes, from, length, LogSink.UNKNOWN, bareForm);
        return true;
    }

    /** Whether bytes are the beginning of an event whose end never came. */
    boolean isTorn(byte[] bytes, int from, int length) {
        return looksLikeObject(bytes, from, length) && !read(bytes, from, length);
    }

    @Override
    public void text(byte[] names, int name, int nameLength, byte[] value, int from, int length) {
        if (is(MESSAGE, names, name, nameLength)) {
            hasMessage = true;
            message = value;
            messageFrom = from;
            messageLength = length;
        } else if (is(TYPE, names, name, nameLength)) {
            type = known(value, from, length);
        } else {
            text(string(names, name, nameLength), string(value, from, length), true);
        }
    }

    @Override
    public void number(byte[] names, int name, int nameLength, long value) {
        if (is(OFFSET, names, name, nameLength)) {
            offset = value;
        } else {
            number(string(names, name, nameLength), value);
        }
    }

    @Override
    public void text(String name, String value, boolean isString) {
        switch (name) {
            case "type" -> type = isString ? value.getBytes(StandardCharsets.UTF_8) : null;
            case "message" -> writeMessage(value);
            case "log" -> log = value;
            case "code" -> code = value;
            default -> {} // of another version of the interface
        }
    }

    @Override
    public void number(String name, long value) {
        switch (name) {
            case "offset" -> offset = value;
            case "tail" -> tail = value;
            case "message" -> writeMessage(Long.toString(value));
            default -> {} // of another version of the interface
        }
    }

    private boolean read(byte[] bytes, int from, int length) {
        char half = written.half();
        forget(half);
        if (flat.read(bytes, from, length)) {
            return true;
        }
        forget(half);
        if (JsonObjectReader.read(bytes, from, length, this)) {
            return true;
        }
        forget(half);
        // an agent may put bytes into JSON that are no characters
        byte[] repaired = string(bytes, from, length).getBytes(StandardCharsets.UTF_8);
        return !Arrays.equals(repaired, 0, repaired.length, bytes, from, from + length)
                && JsonObjectReader.read(repaired, 0, repaired.length, this);
    }

    private void forget(char half) {
        written.begin(half);
        type = null;
        hasMessage = false;
        messageLength = 0;
        offset = LogSink.UNKNOWN;
        log = null;
        code = null;
        tail = LogSink.UNKNOWN;
    }

    private boolean give(byte[] kind, LogSink sink) throws IOException {
        if (kind == COMPLETE) {
            sink.complete(offset);
        } else if (kind == ERROR) {
            String why = string(message, messageFrom, messageLength);
            if ("log_lost".equals(code)) {
                sink.lost(why);
            } else {
                sink.error(why);
            }
        } else if (kind == LOG) {
            return hasMessage && giveText(sink);
        } else if (messageLength > 0) {
            return giveText(sink);
        } else if (kind == HEARTBEAT) {
            sink.heartbeat();
        } else if (log != null) {
            sink.start(log, offset, tail != LogSink.UNKNOWN);
        } else {
            return false;
        }
        return true;
    }

    private boolean giveText(LogSink sink) throws IOException {
        boolean endsInHalf = written.half() != 0;
        if (offset != LogSink.UNKNOWN) {
            long end = endsInHalf ? offset - HALF_CHARACTER : offset;
            sink.text(message, messageFrom, messageLength, end, Form.EXACT);
        } else if (messageLength > 0 || !endsInHalf) {
            sink.text(message, messageFrom, messageLength, offset, Form.TEXT_OR_LINE);
        }
        return true;
    }

    private void writeMessage(String text) {
        hasMessage = true;
        written.begin(written.half());
        for (int at = 0; at < text.length(); at++) {
            written.write(text.charAt(at));
        }
        message = written.bytes();
        messageFrom = 0;
        messageLength = written.length();
    }

    /**
     * Whether text is an event cut off or joined to another. That of an agent which sends no events may begin with a
     * lone brace.
     */
    private boolean isPartOfEvent(byte[] bytes, int from, int length) {
        int matched = 0;
        for (int at = from; at < from + length && matched < BEGINNING.length(); at++) {
            if (bytes[at] == BEGINNING.charAt(matched)) {
                matched++;
            } else if (bytes[at] != ' ' && bytes[at] != '\t') {
                return false;
            }
        }
        return matched > 1 || hasEvents;
    }

    /** One of the types that mean something, as that very array. */
    private static byte[] known(byte[] value, int from, int length) {
        for (byte[] each : KNOWN_TYPES) {
            if (is(each, value, from, length)) {
                return each;
            }
        }
        return Arrays.copyOfRange(value, from, from + length);
    }

    private static boolean looksLikeObject(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] > ' ') {
                return bytes[i] == '{';
            }
        }
        return false;
    }

    private static boolean is(byte[] expected, byte[] bytes, int from, int length) {
        return Arrays.equals(bytes, from, from + length, expected, 0, expected.length);
    }

    private static String string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
