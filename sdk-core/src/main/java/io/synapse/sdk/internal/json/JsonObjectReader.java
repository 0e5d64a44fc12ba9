package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of small JSON objects without building a tree. Thread-safe. */
public final class JsonObjectReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private JsonObjectReader() {}

    /** Receives the fields of an object, in order. */
    public interface Fields {
        /** A string field; or the JSON text of another value, except null and whole numbers. */
        void text(String name, String value, boolean isString);

        /** A field that is a whole number. */
        void number(String name, long value);
    }

    /**
     * Reads one object.
     *
     * @return false when it is anything else; some fields may have been passed on by then
     */
    public static boolean read(byte[] json, int from, int length, Fields fields) {
        try (JsonParser parser = FACTORY.createParser(json, from, length)) {
            return read(parser, json, from, fields);
        } catch (IOException e) {
            return false; // not JSON
        }
    }

    private static boolean read(JsonParser parser, byte[] json, int from, Fields fields) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                fields.text(name, parser.getText(), true);
            } else if (token == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                fields.number(name, parser.getLongValue());
            } else if (token.isStructStart()) {
                int start = from + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = from + (int) parser.currentLocation().getByteOffset();
                fields.text(name, new String(json, start, end - start, StandardCharsets.UTF_8), false);
            } else if (token != JsonToken.VALUE_NULL) {
                fields.text(name, parser.getText(), false);
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    }
}
