package io.synapse.sdk.embedded.internal.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a JSON object together in a readable order, leaving out what is not known. */
final class JsonObject {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private JsonObject() {}

    static JsonObject empty() {
        return new JsonObject();
    }

    static JsonObject of(String name, @Nullable Object value) {
        return new JsonObject().with(name, value);
    }

    static JsonObject from(Map<String, Object> fields) {
        return new JsonObject().withAll(fields);
    }

    /** Adds a field; a null value is unknown and therefore absent. */
    JsonObject with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    JsonObject withAll(Map<String, Object> others) {
        fields.putAll(others);
        return this;
    }

    Map<String, Object> fields() {
        return fields;
    }
}
