package io.synapse.sdk.experiments.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of requests, answers and records. */
public final class Json {
    /** Reads one whole document: what follows it is an error. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // the JDK's own writer of doubles is several times slower, and curves are nothing but doubles
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter ORDERED = MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Json() {}

    /** A text that is the same for documents which differ in the order of names only. */
    public static String canonical(JsonNode document) {
        try {
            return ORDERED.writeValueAsString(MAPPER.convertValue(document, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that JSON cannot express", e);
        }
    }

    /** A document of maps, lists and simple values. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that JSON cannot express", e);
        }
    }

    /** A document that {@link #text} wrote. */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record that is not JSON", e);
        }
    }
}
