package io.synapse.sdk.gateway.server.model.internal.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON schema with short lists and texts. A small model goes on until a limit: it has to be one of the schema, whose
 * answer is whole, and not that of tokens, which cuts it.
 */
final class ShortForm {
    private static final int MAX_ITEMS = 3;
    private static final int MAX_LENGTH = 80;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShortForm() {}

    static String of(String schema) {
        try {
            JsonNode form = JSON.readTree(schema);
            shorten(form);
            return form.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema of the answer is not JSON", e);
        }
    }

    private static void shorten(JsonNode schema) {
        if (schema instanceof ObjectNode form) {
            switch (form.path("type").asText()) {
                case "array" -> limit(form, "minItems", "maxItems", MAX_ITEMS);
                case "string" -> limit(form, "minLength", "maxLength", MAX_LENGTH);
                default -> {}
            }
        }
        schema.forEach(ShortForm::shorten);
    }

    private static void limit(ObjectNode form, String least, String most, int limit) {
        int limited = Math.min(form.path(most).asInt(limit), limit);
        form.put(most, Math.max(form.path(least).asInt(0), limited));
    }
}
