package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import java.util.List;
import java.util.Optional;

/** Reads fields of a request's body; each method throws a {@link Failure} with 422 for a field of another type. */
final class Fields {
    private Fields() {}

    /** A text that must be there. */
    static String text(ObjectNode body, String name) {
        return optionalText(body, name)
                .orElseThrow(() -> Failure.invalid("missing", List.of("body", name), "Field required"));
    }

    /** A text; empty when it is absent or null. */
    static Optional<String> optionalText(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Failure.invalid("string_type", List.of("body", name), "Input should be a valid string");
        }
        return Optional.of(value.textValue());
    }

    /** A truth value. */
    static boolean truth(ObjectNode body, String name, boolean usual) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isBoolean()) {
            throw Failure.invalid("bool_type", List.of("body", name), "Input should be a valid boolean");
        }
        return value.booleanValue();
    }

    /** A whole number. */
    static int number(ObjectNode body, String name, int usual, int least, int most) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw Failure.invalid(
                    "int_type", List.of("body", name), "Input should be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** Texts; one text is a list of one, and an absent field of none. */
    static List<String> texts(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray() || value.valueStream().anyMatch(element -> !element.isTextual())) {
            throw Failure.invalid("list_type", List.of("body", name), "Input should be a valid list of strings");
        }
        return value.valueStream().map(JsonNode::textValue).toList();
    }
}
