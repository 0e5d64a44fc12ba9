package io.synapse.sdk.gateway.server.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of requests, answers and records. */
public final class Json {
    /** More than a request may have. */
    private static final int MAX_TEXT = 64 << 20;

    /** Reads one whole document: what follows it is an error. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** A document of maps, lists and simple values. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that JSON cannot express", e);
        }
    }

    /**
     * The fields of a document of the gateway's own.
     *
     * @throws JsonProcessingException when it is no JSON object
     */
    public static Map<String, @Nullable Object> fields(String text) throws JsonProcessingException {
        return object(MAPPER.readValue(text, Map.class));
    }

    /** A JSON object with its names; empty when it is none. */
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> fields.put(String.valueOf(name), each));
        }
        return fields;
    }
}
