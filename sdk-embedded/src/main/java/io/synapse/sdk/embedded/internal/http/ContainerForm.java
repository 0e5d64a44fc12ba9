package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.List;
import java.util.Set;

/** The fields of a form, read as the JSON object that they stand for (wire/agent.md, section 1). */
final class ContainerForm {
    private static final Set<String> OBJECTS = Set.of("params", "envs", "metadata");
    private static final Set<String> NUMBERS = Set.of("model", "backend_container_id");

    private ContainerForm() {}

    /** The fields of a form. */
    static JsonNode read(Context request) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        request.formParamMap().forEach((name, values) -> {
            if (!values.isEmpty()) { // an uploaded file is a field without a value
                fields.set(name, value(name, values));
            }
        });
        return fields;
    }

    private static JsonNode value(String name, List<String> values) {
        if (name.equals("labels")) {
            ArrayNode labels = Json.MAPPER.createArrayNode();
            values.forEach(labels::add);
            return labels;
        }
        if (values.size() != 1) {
            throw new RefusedException(400, "the form has several fields " + name);
        }
        String value = values.get(0);
        return OBJECTS.contains(name) || NUMBERS.contains(name) ? json(name, value) : Json.MAPPER.valueToTree(value);
    }

    private static JsonNode json(String name, String value) {
        try {
            JsonNode read = Json.MAPPER.readTree(value);
            if (read.isMissingNode()) {
                throw new RefusedException(400, name + " is empty; it has to be JSON");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new RefusedException(400, name + " is not JSON: " + e.getOriginalMessage());
        }
    }
}
