package io.synapse.sdk.gateway.server.model.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a response format of LangChain4j from a JSON schema. Lengths of lists and texts are left out: providers refuse
 * them.
 */
final class SchemaReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaReader() {}

    static ResponseFormat responseFormat(String schema) {
        try {
            return ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("answer")
                            .rootElement(element(JSON.readTree(schema)))
                            .build())
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema of the answer is not JSON", e);
        }
    }

    private static JsonSchemaElement element(JsonNode schema) {
        String type = schema.path("type").asText();
        return switch (type) {
            case "object" -> object(schema);
            case "array" ->
                JsonArraySchema.builder().items(element(schema.path("items"))).build();
            case "string" ->
                schema.has("enum")
                        ? JsonEnumSchema.builder()
                                .enumValues(texts(schema.path("enum")))
                                .build()
                        : new JsonStringSchema();
            case "integer" -> new JsonIntegerSchema();
            case "number" -> new JsonNumberSchema();
            case "boolean" -> new JsonBooleanSchema();
            default -> throw new IllegalArgumentException("the schema of the answer has the type '" + type + "'");
        };
    }

    private static JsonObjectSchema object(JsonNode schema) {
        JsonObjectSchema.Builder object = JsonObjectSchema.builder();
        for (var property : schema.path("properties").properties()) {
            object.addProperty(property.getKey(), element(property.getValue()));
        }
        return object.required(texts(schema.path("required")))
                .additionalProperties(false)
                .build();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
