package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import io.synapse.sdk.internal.json.JsonObjectReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object that is as simple as agents' events are: strings and whole numbers. Anything else it leaves to the
 * library's parser ({@link JsonObjectReader}), beside which it is here for its speed: that one is made for documents and
 * takes longer to be set up than an event to be read.
 */
final class FlatObject {
    /** More digits might not fit into a long. */
    private static final int MAX_DIGITS = 18;

    private final byte[] json;
    private final int end;
    private int at;

    private FlatObject(byte[] json, int from, int end) {
        this.json = json;
        this.at = from;
        this.end = end;
    }

    /**
     * Reads one object.
     *
     * @return false when it is anything but a simple object; some fields may have been told by then
     */
    static boolean read(byte[] json, int from, int length, JsonObjectReader.Fields fields) {
        return new FlatObject(json, from, from + length).tell(fields);
    }

    private boolean tell(JsonObjectReader.Fields fields) {
        if (!take('{')) {
            return false;
        }
        do {
            String name = take('"') ? restOfString() : null;
            if (name == null || !take(':') || !tellValue(name, fields)) {
                return false;
            }
        } while (take(','));
        return take('}') && isOver();
    }

    private boolean tellValue(String name, JsonObjectReader.Fields fields) {
        if (take('"')) {
            String text = restOfString();
            if (text != null) {
                fields.text(name, text, true);
            }
            return text != null;
        }
        int from = at;
        long number = 0;
        while (at < end && json[at] >= '0' && json[at] <= '9' && at - from < MAX_DIGITS) {
            number = 10 * number + json[at] - '0';
            at++;
        }
        boolean isNumber = at > from && (json[from] != '0' || at == from + 1);
        if (isNumber) {
            fields.number(name, number);
        }
        return isNumber;
    }

    /** A string whose first quote was taken; null when it has no end, or a character in it is written as a number. */
    private @Nullable String restOfString() {
        int from = at;
        int to = quoteOrEscape();
        if (to < 0) {
            return null;
        }
        if (json[to] == '\\') {
            return unescaped(to);
        }
        at = to + 1;
        return text(from, to);
    }

    private @Nullable String unescaped(int firstEscape) {
        byte[] plain = new byte[end - at];
        int length = 0;
        int to = firstEscape;
        while (to >= 0 && json[to] == '\\') {
            System.arraycopy(json, at, plain, length, to - at);
            length += to - at;
            byte character = to + 1 < end ? meaning(json[to + 1]) : 0;
            if (character == 0) {
                return null;
            }
            plain[length++] = character;
            at = to + 2;
            to = quoteOrEscape();
        }
        if (to < 0) {
            return null;
        }
        System.arraycopy(json, at, plain, length, to - at);
        length += to - at;
        at = to + 1;
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private int quoteOrEscape() {
        return ByteSearch.indexOfEither(json, at, end, '"', '\\');
    }

    private static byte meaning(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> escaped;
            default -> 0;
        };
    }

    /** Nearly all strings are one of four words, of which there need be no more than one each. */
    private String text(int from, int to) {
        String likely = switch (to - from) {
            case 3 -> "log";
            case 4 -> "type";
            case 6 -> "offset";
            case 7 -> "message";
            default -> "";
        };
        return !likely.isEmpty() && isThere(likely, from)
                ? likely
                : new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean isThere(String word, int from) {
        for (int index = 0; index < word.length(); index++) {
            if (json[from + index] != word.charAt(index)) {
                return false;
            }
        }
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
