package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one value inside a document: a component of a record, an element of a list, a value of a map. A value of the
 * wrong type is set aside as maps, lists and simple values and kept by the enclosing record, so the rest of the
 * document remains readable. Only text that is not JSON is an error.
 */
final class LenientReader {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.json");

    private final JsonDeserializer<Object> reader;
    private final Form form;

    private enum Form {
        ANYTHING,
        SIMPLE_VALUE,
        /** A record, map or list that sets aside values of the wrong type, or is untyped. */
        LENIENT_OBJECT,
        LENIENT_ARRAY,
        /** A type with a reader of the JSON library, which fails as a whole. */
        OTHER
    }

    /**
     * A value of the wrong type.
     *
     * @param value the value as maps, lists and simple values
     */
    record SetAside(@Nullable Object value) {}

    LenientReader(JsonDeserializer<Object> reader) {
        this.reader = reader;
        this.form = formOf(reader);
    }

    /** A reader for the elements of lists and the values of maps. */
    static LenientReader ofContent(JavaType type, DeserializationContext context) throws JsonMappingException {
        return new LenientReader(context.findRootValueDeserializer(type));
    }

    private static Form formOf(JsonDeserializer<?> reader) {
        if (reader instanceof RecordReader || reader instanceof MapReader) {
            return Form.LENIENT_OBJECT;
        }
        if (reader instanceof ListReader) {
            return Form.LENIENT_ARRAY;
        }
        LogicalType type = reader.logicalType();
        if (type == null) {
            return Form.OTHER;
        }
        if (reader instanceof ContainerDeserializerBase<?> container && isUntyped(container.getContentDeserializer())) {
            return type == LogicalType.Map ? Form.LENIENT_OBJECT : Form.LENIENT_ARRAY;
        }
        return switch (type) {
            case Untyped -> Form.ANYTHING;
            case Integer, Float, Boolean, Enum, Textual, DateTime, OtherScalar -> Form.SIMPLE_VALUE;
            default -> Form.OTHER;
        };
    }

    private static boolean isUntyped(@Nullable JsonDeserializer<?> reader) {
        return reader != null && reader.logicalType() == LogicalType.Untyped;
    }

    /** Whether parts of a value may have been set aside although it was read. */
    boolean readsInParts() {
        return form == Form.LENIENT_OBJECT || form == Form.LENIENT_ARRAY;
    }

    /** Whether null is a valid value. */
    boolean takesNull() {
        return form == Form.ANYTHING;
    }

    /** The value for null and for an absent field: 0 for a primitive type, for instance. */
    @SuppressWarnings("NullAway") // null for most types
    @Nullable
    Object nullValue(DeserializationContext context) throws JsonMappingException {
        return reader.getNullValue(context);
    }

    /**
     * Reads the value that begins at the current token.
     *
     * @return null for null and for a value that was set aside: see {@link #takeSetAside}
     */
    @Nullable
    Object read(JsonParser json, DeserializationContext context) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean fits = switch (form) {
            case ANYTHING -> true;
            case SIMPLE_VALUE -> token.isScalarValue();
            case LENIENT_OBJECT -> token == JsonToken.START_OBJECT;
            case LENIENT_ARRAY -> token == JsonToken.START_ARRAY;
            case OTHER -> token.isScalarValue();
        };
        if (!fits) {
            return form == Form.OTHER ? readBuffered(json, context) : setAside(json, context);
        }
        return token.isScalarValue() && form != Form.ANYTHING
                ? readSimple(json, context)
                : reader.deserialize(json, context);
    }

    /** A reader that rejects a simple value does not advance the parser. */
    private @Nullable Object readSimple(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
            return setAside(json, context);
        }
        try {
            Object value = reader.deserialize(json, context);
            return isFinite(value) ? value : setAside(json, context);
        } catch (JsonMappingException | InputCoercionException e) {
            return setAside(json, context);
        }
    }

    private static boolean isFinite(@Nullable Object value) {
        return !(value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float single && !Float.isFinite(single));
    }

    private @Nullable Object readBuffered(JsonParser json, DeserializationContext context) throws IOException {
        try (TokenBuffer buffer = context.bufferAsCopyOfValue(json)) {
            try {
                return reader.deserialize(buffer.asParserOnFirstToken(), context);
            } catch (JsonMappingException | InputCoercionException e) {
                return setAside(buffer.asParserOnFirstToken(), context);
            }
        }
    }

    private static @Nullable Object setAside(JsonParser json, DeserializationContext context) throws IOException {
        setAside(
                context,
                json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        ? wholeNumber(json.getText())
                        : context.readValue(json, Object.class));
        return null;
    }

    /** From the text: the parser may have converted the number to a double already. */
    private static Number wholeNumber(String text) {
        BigInteger number = new BigInteger(text);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    /** Passes a value to the reader of the enclosing value. */
    static void setAside(DeserializationContext context, @Nullable Object value) {
        context.setAttribute(SetAside.class, new SetAside(value));
    }

    /** The value that the last read set aside, or null. */
    static @Nullable SetAside takeSetAside(DeserializationContext context) {
        Object value = context.getAttribute(SetAside.class);
        if (value != null) {
            context.setAttribute(SetAside.class, null);
        }
        return (SetAside) value;
    }

    /** Logs a value that no enclosing record can keep. */
    static void logOmitted(String what, Class<?> type) {
        LOG.debug("{} of a {} of the server cannot be read and is omitted", what, type.getSimpleName());
    }
}
