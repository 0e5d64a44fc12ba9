package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON the way the models need it: records without annotations, names in snake case, unknown fields
 * kept in a component named {@code additionalProperties}, open enums, times as the servers write them. Thread-safe.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
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
     * Makes of a document that was read as maps, lists and simple values one of this type.
     *
     * @throws UnreadableJsonException when it is not of this type
     */
    public static <T> T convert(Object value, Class<T> type) throws UnreadableJsonException {
        try {
            return MAPPER.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonProcessingException cause) {
                throw new UnreadableJsonException(cause.getOriginalMessage(), cause);
            }
            throw e;
        }
    }

    /** Turns a value into a document. */
    public static byte[] write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the value cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
