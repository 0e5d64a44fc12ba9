package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import java.util.Arrays;

/**
 * Reads a JSON object that is as simple as agents' events are, strings and whole numbers, without making objects of it.
 * Anything else it leaves to the library's parser ({@link io.synapse.sdk.internal.json.JsonObjectReader}), beside which
 * it is here for its speed: that one is made for documents and takes longer to be set up than an event to be read.
 */
final class FlatObject {
    /** More digits might not fit into a long. */
    private static final int MAX_DIGITS = 18;

    private final Fields fields;
    private final byte[] continued;
    private final Utf8Writer continuation;
    private Utf8Writer plain;
    private final Utf8Writer other = new Utf8Writer();
    private byte[] json = new byte[0];
    private int end;
    private int at;

    /** Takes the fields of an object, in order. Bytes are only lent, until the method returns. */
    interface Fields {
        /** A field that is a string, in UTF-8. */
        void text(byte[] name, int nameFrom, int nameLength, byte[] value, int from, int length);

        /** A field that is a whole number. */
        void number(byte[] name, int nameFrom, int nameLength, long value);
    }

    /**
     * A reader.
     *
     * @param continued the name of the field whose text goes on from object to object, and
     * @param continuation where that text is written when it is not as it stands in JSON
     */
    FlatObject(Fields fields, byte[] continued, Utf8Writer continuation) {
        this.fields = fields;
        this.continued = continued;
        this.continuation = continuation;
        this.plain = continuation;
    }

    /**
     * Reads one object.
     *
     * @return false when it is anything but a simple object; some fields may have been given by then
     */
    boolean read(byte[] bytes, int from, int length) {
        json = bytes;
        at = from;
        end = from + length;
        if (!take('{')) {
            return false;
        }
        do {
            if (!take('"')) {
                return false;
            }
            int name = at;
            int nameEnd = ByteSearch.indexOfEither(json, at, end, '"', '\\');
            at = nameEnd + 1;
            if (nameEnd < 0 || json[nameEnd] == '\\' || !take(':') || !readValue(name, nameEnd - name)) {
                return false;
            }
        } while (take(','));
        return take('}') && isOver();
    }

    private boolean readValue(int name, int nameLength) {
        if (take('"')) {
            return readString(name, nameLength);
        }
        int from = at;
        long number = 0;
        while (at < end && json[at] >= '0' && json[at] <= '9' && at - from < MAX_DIGITS) {
            number = 10 * number + json[at] - '0';
            at++;
        }
        boolean isNumber = at > from && (json[from] != '0' || at == from + 1);
        if (isNumber) {
            fields.number(json, name, nameLength, number);
        }
        return isNumber;
    }

    /** A string whose first quote was taken. */
    private boolean readString(int name, int nameLength) {
        int from = at;
        int to = ByteSearch.indexOfEither(json, at, end, '"', '\\');
        if (to < 0) {
            return false;
        }
        boolean isContinued = nameLength == continued.length
                && Arrays.equals(json, name, name + nameLength, continued, 0, continued.length);
        plain = isContinued ? continuation : other;
        if (json[to] == '"' && plain.half() == 0) {
            at = to + 1;
            fields.text(json, name, nameLength, json, from, to - from);
            return true;
        }
        plain.begin(plain.half());
        while (to >= 0 && json[to] == '\\') {
            plain.write(json, at, to - at);
            at = to + 1;
            if (!unescape()) {
                return false;
            }
            to = ByteSearch.indexOfEither(json, at, end, '"', '\\');
        }
        if (to < 0) {
            return false;
        }
        plain.write(json, at, to - at);
        at = to + 1;
        fields.text(json, name, nameLength, plain.bytes(), 0, plain.length());
        return true;
    }

    /** What stands behind a backslash. */
    private boolean unescape() {
        byte escaped = at < end ? json[at++] : 0;
        switch (escaped) {
            case 'n' -> plain.write((byte) '\n');
            case '"', '\\', '/' -> plain.write(escaped);
            case 't' -> plain.write((byte) '\t');
            case 'r' -> plain.write((byte) '\r');
            case 'b' -> plain.write((byte) '\b');
            case 'f' -> plain.write((byte) '\f');
            case 'u' -> {
                return unescapeUnit();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unescapeUnit() {
        int unit = 0;
        for (int digits = 0; digits < 4; digits++) {
            int digit = at < end ? Character.digit(json[at++], 16) : -1;
            if (digit < 0) {
                return false;
            }
            unit = unit << 4 | digit;
        }
        plain.write((char) unit);
        return true;
    }

    /** Passes over a character and the space before it, if it is what comes. */
    private boolean take(char character) {
        skipSpace();
        boolean comes = at < end && json[at] == character;
        at += comes ? 1 : 0;
        return comes;
    }

    private boolean isOver() {
        skipSpace();
        return at == end;
    }

    private void skipSpace() {
        while (at < end && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r')) {
            at++;
        }
    }
}
