package io.synapse.sdk.experiments.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a request's body. One that is null counts as absent; each method throws a {@link Failure} with 422 for a
 * field of another type.
 */
public final class Fields {
    private Fields() {}

    /**
     * The value of a field; null when it is absent.
     *
     * @param isRight whether a value is one that the field can have
     * @param type of the error when it is not, for instance {@code int_type}
     * @param expected what it should be, the end of a sentence
     */
    public static @Nullable JsonNode value(
            ObjectNode body, String name, Predicate<JsonNode> isRight, String type, String expected) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!isRight.test(value)) {
            throw Failure.invalid(type, List.of("body", name), "Input should be " + expected);
        }
        return value;
    }

    /** A text that must be there. */
    public static String text(ObjectNode body, String name) {
        return optionalText(body, name)
                .orElseThrow(() -> Failure.invalid("missing", List.of("body", name), "Field required"));
    }

    /** A text; empty when it is absent. */
    public static Optional<String> optionalText(ObjectNode body, String name) {
        return Optional.ofNullable(value(body, name, JsonNode::isTextual, "string_type", "a valid string"))
                .map(JsonNode::textValue);
    }

    /** A truth value. */
    public static boolean truth(ObjectNode body, String name, boolean usual) {
        JsonNode value = value(body, name, JsonNode::isBoolean, "bool_type", "a valid boolean");
        return value == null ? usual : value.booleanValue();
    }

    /** A whole number; null when it is absent. */
    public static @Nullable Integer integer(ObjectNode body, String name) {
        JsonNode value = value(body, name, JsonNode::isInt, "int_type", "a valid integer");
        return value == null ? null : value.intValue();
    }

    /** A whole number in a range. */
    public static int number(ObjectNode body, String name, int usual, int least, int most) {
        JsonNode value = value(
                body,
                name,
                node -> node.isInt() && node.intValue() >= least && node.intValue() <= most,
                "int_type",
                "a whole number from " + least + " to " + most);
        return value == null ? usual : value.intValue();
    }

    /** Texts; one text is a list of one, and an absent field of none. */
    public static List<String> texts(ObjectNode body, String name) {
        JsonNode value =
                value(body, name, node -> node.isTextual() || isTexts(node), "list_type", "a valid list of strings");
        if (value == null) {
            return List.of();
        }
        return value.isTextual()
                ? List.of(value.textValue())
                : value.valueStream().map(JsonNode::textValue).toList();
    }

    /** Whether it is a list of nothing but texts. */
    public static boolean isTexts(JsonNode value) {
        return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
    }
}
