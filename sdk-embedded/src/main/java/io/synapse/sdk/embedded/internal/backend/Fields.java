package io.synapse.sdk.embedded.internal.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.internal.value.Unicode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that a caller sent. What is not as it must be is refused with status 400 and a sentence that
 * names the field. A field that is null counts as absent.
 *
 * @param object the object
 * @param name what to call it in a sentence, with a dot at its end; empty for the request itself
 */
public record Fields(ObjectNode object, String name) {
    /**
     * The fields of a request.
     *
     * @param what the request as the beginning of a sentence: "the submission"
     */
    public static Fields of(JsonNode body, String what) {
        if (body instanceof ObjectNode object) {
            return new Fields(object, "");
        }
        throw new RefusedException(400, what + " must be a JSON object");
    }

    /** Refuses with status 400. */
    public static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new RefusedException(400, otherwise);
        }
    }

    /** Refuses all other fields, also those that are null. */
    public void requireOnly(Set<String> known) {
        object.fieldNames().forEachRemaining(field -> require(known.contains(field), "unknown field " + name + field));
    }

    /** The value of a field; null when it is absent. */
    public @Nullable JsonNode value(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** A string. */
    public @Nullable String text(String field) {
        JsonNode value = value(field);
        return value == null ? null : text(field, value);
    }

    /** A string that is not blank. */
    public @Nullable String textNotBlank(String field) {
        String text = text(field);
        require(text == null || !text.isBlank(), name + field + " must be a string that is not blank");
        return text;
    }

    /** A string that is not blank, and not absent. */
    public String required(String field) {
        String text = textNotBlank(field);
        require(text != null, name + field + " is missing");
        return Objects.requireNonNull(text);
    }

    /** An object. */
    public @Nullable Fields object(String field) {
        JsonNode value = value(field);
        require(value == null || value.isObject(), name + field + " must be an object");
        return value == null ? null : new Fields((ObjectNode) value, name + field + ".");
    }

    /** An object of strings; empty when it is absent. */
    public Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        forEachOf(field, (key, value) -> texts.put(key, text(field + "." + key, value)));
        return texts;
    }

    /** An object of numbers from 0 on; empty when it is absent. */
    public Map<String, Double> numbers(String field) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        forEachOf(field, (key, value) -> numbers.put(key, number(field + "." + key, value)));
        return numbers;
    }

    /** A list of strings; empty when it is absent. */
    public List<String> list(String field) {
        JsonNode value = value(field);
        List<String> list = new ArrayList<>();
        String otherwise = name + field + " must be a list of strings";
        require(value == null || value.isArray(), otherwise);
        if (value != null) {
            value.forEach(each -> {
                require(each.isTextual(), otherwise);
                requireWhole(each.textValue(), field);
                list.add(each.textValue());
            });
        }
        return list;
    }

    /** A number from 0 on; 0 when it is absent. */
    public double number(String field) {
        JsonNode value = value(field);
        return value == null ? 0 : number(field, value);
    }

    /** A whole number from 0 on; 0 when it is absent. */
    public long wholeNumber(String field) {
        return wholeNumber(field, 0, 0);
    }

    /** A whole number from a least one on, or the usual one. */
    public long wholeNumber(String field, long least, long usual) {
        JsonNode value = value(field);
        if (value == null) {
            return usual;
        }
        // as Python's clients write it, also 2.0
        boolean isWhole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
        require(
                isWhole && value.canConvertToLong() && value.longValue() >= least,
                name + field + " must be a whole number from " + least + " on");
        return value.longValue();
    }

    private void forEachOf(String field, BiConsumer<String, JsonNode> action) {
        Fields inner = object(field);
        if (inner != null) {
            inner.object.properties().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
        }
    }

    private String text(String field, JsonNode value) {
        require(value.isTextual(), name + field + " must be a string");
        requireWhole(value.textValue(), field);
        return value.textValue();
    }

    /** Half of a surrogate pair has no bytes: what is run or kept would be another text. */
    private void requireWhole(String text, String field) {
        require(Unicode.isWellFormed(text), name + field + " must not contain half of a surrogate pair");
    }

    private double number(String field, JsonNode value) {
        require(
                value.isNumber() && value.doubleValue() >= 0 && Double.isFinite(value.doubleValue()),
                name + field + " must be a number from 0 on");
        return value.doubleValue();
    }
}
