package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON for the models: records without annotations, names in snake case, unknown fields kept in a
 * component named {@code additionalProperties}, open enums, several formats of times. A value of the wrong type does
 * not affect the others: see {@link LenientReader}. NaN and infinity, which Python writes, are read but never written.
 * Thread-safe.
 */
public final class Json {
    /** More digits than Python writes by default. */
    private static final int LONGEST_NUMBER = 10_000;

    /** Deeper than Python writes; values of untyped fields are read without recursion. */
    private static final int DEEPEST_NESTING = 10_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE) // it is in memory already, or will not fit there
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .addDecorator((factory, generator) -> new FiniteNumberGenerator(generator))
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(new ModelIntrospector())
            .addModule(new ModelModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads one document.
     *
     * @throws UnreadableJsonException when it is not JSON, or not of this type
     * @throws IOException when the stream fails
     */
    public static @Nullable Object read(InputStream json, Type type) throws IOException {
        try {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (JsonProcessingException e) {
            throw new UnreadableJsonException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads one document.
     *
     * @throws UnreadableJsonException when it is not JSON, or not of this type
     */
    public static @Nullable Object read(String json, Type type) throws UnreadableJsonException {
        try {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (JsonProcessingException e) {
            throw new UnreadableJsonException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Converts maps, lists and simple values to this type.
     *
     * @throws UnreadableJsonException when it is not of this type
     */
    public static <T> T convert(Object value, Class<T> type) throws UnreadableJsonException {
        return converted(value, MAPPER.constructType(type));
    }

    /**
     * Converts a list of maps and simple values to this element type, without elements of the wrong type.
     *
     * @throws UnreadableJsonException when it is not a list
     */
    public static <T> List<T> convertList(Object value, Class<T> element) throws UnreadableJsonException {
        return converted(value, MAPPER.constructType(Types.listOf(element)));
    }

    private static <T> T converted(Object value, JavaType type) throws UnreadableJsonException {
        try {
            return MAPPER.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonProcessingException cause) {
                throw new UnreadableJsonException(cause.getOriginalMessage(), cause);
            }
            throw e;
        }
    }

    /**
     * Writes a value as a document.
     *
     * @throws BadRequestException when it cannot be written: NaN and infinity are not valid JSON
     */
    public static byte[] write(@Nullable Object value) {
        return write(value, MAPPER.writer());
    }

    /**
     * As {@link #write}, in ASCII: other characters are escaped, and so are unpaired surrogates, which have no bytes.
     * Python writes names of files that are not UTF-8 like this.
     */
    public static byte[] writeAscii(Object value) {
        return write(value, MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII));
    }

    private static byte[] write(@Nullable Object value, ObjectWriter writer) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new BadRequestException(
                    Failure.of(400, "a value cannot be written as JSON: " + e.getOriginalMessage()), e);
        }
    }

    /** The JSON text of a value read from a server, for messages; NaN and infinity are in quotes. */
    public static String toText(Object read) {
        try {
            return MAPPER.writer().with(JsonWriteFeature.WRITE_NAN_AS_STRINGS).writeValueAsString(read);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
