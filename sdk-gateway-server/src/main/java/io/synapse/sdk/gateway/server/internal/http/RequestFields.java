package io.synapse.sdk.gateway.server.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.javalin.http.Context;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, with the rules and the errors of the original, which are those of pydantic: a list with
 * type, place, sentence and value of each (wire/gateway.md, section 2). Unknown fields are ignored. Each reader notes what
 * is wrong and gives a value all the same; {@link #requireValid()} comes last.
 */
final class RequestFields {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String BODY = "body";
    private static final Pattern JSON_TYPE = Pattern.compile("application/(.+\\+)?json");
    private static final String NO_OBJECT = "Input should be a valid dictionary or object to extract fields from";

    private final JsonNode body;
    private final List<Map<String, @Nullable Object>> errors = new ArrayList<>();

    /** A body that has not the form that was asked for: the answer is 422 with this list. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<Map<String, @Nullable Object>> errors;

        InvalidException(List<Map<String, @Nullable Object>> errors) {
            super(errors.size() + " fields are invalid");
            this.errors = List.copyOf(errors);
        }

        List<Map<String, @Nullable Object>> errors() {
            return errors;
        }
    }

    private RequestFields(JsonNode body) {
        this.body = body;
    }

    /**
     * Those of a request.
     *
     * @throws InvalidException when its body is no JSON object
     * @throws GatewayFailure when its body is no text
     */
    static RequestFields of(Context request) throws InvalidException {
        byte[] bytes = request.bodyAsBytes();
        if (bytes.length == 0) {
            throw invalid(error("missing", List.of(BODY), "Field required", null));
        }
        if (!isJson(request.contentType())) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            throw invalid(error("model_attributes_type", List.of(BODY), NO_OBJECT, text));
        }
        JsonNode body = parse(text(bytes));
        if (!body.isObject()) {
            throw invalid(error("model_attributes_type", List.of(BODY), NO_OBJECT, body));
        }
        return new RequestFields(body);
    }

    private static boolean isJson(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return JSON_TYPE.matcher(type).matches();
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new GatewayFailure(Kind.INVALID, "There was an error parsing the body");
        }
    }

    private static JsonNode parse(String text) throws InvalidException {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            long place =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
            Map<String, @Nullable Object> error =
                    error("json_invalid", List.of(BODY, place), "JSON decode error", Map.of());
            error.put("ctx", Map.of("error", String.valueOf(e.getOriginalMessage())));
            throw invalid(error);
        }
    }

    private static InvalidException invalid(Map<String, @Nullable Object> error) {
        return new InvalidException(List.of(error));
    }

    private static Map<String, @Nullable Object> error(
            String type, List<Object> place, String message, @Nullable Object input) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("type", type);
        error.put("loc", place);
        error.put("msg", message);
        error.put("input", input);
        return error;
    }

    /** A text that must be there. */
    String text(String name) {
        if (!body.has(name)) {
            errors.add(error("missing", List.of(BODY, name), "Field required", body));
            return "";
        }
        return checkedText(body.get(name), List.of(BODY, name));
    }

    /** A text, or this one where there is none. */
    String text(String name, String fallback) {
        return body.has(name) ? checkedText(body.get(name), List.of(BODY, name)) : fallback;
    }

    /** A text; null where there is none, or null. */
    @Nullable
    String optionalText(String name) {
        return body.path(name).isNull() || !body.has(name) ? null : text(name);
    }

    private String checkedText(JsonNode value, List<Object> place) {
        if (!value.isTextual()) {
            errors.add(error("string_type", place, "Input should be a valid string", value));
        }
        return value.asText();
    }

    /** A list of texts; empty where there is none, or null. */
    List<String> texts(String name) {
        JsonNode list = body.path(name);
        if (list instanceof MissingNode || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            errors.add(error("list_type", List.of(BODY, name), "Input should be a valid list", list));
        }
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            if (list.isArray()) {
                texts.add(checkedText(list.get(index), List.of(BODY, name, index)));
            }
        }
        return texts;
    }

    /** Checks the texts of an object that is known, and used for nothing. */
    void checkTexts(String name, Set<String> fields) {
        JsonNode object = body.path(name);
        if (object instanceof MissingNode || object.isNull()) {
            return;
        }
        if (!object.isObject()) {
            errors.add(error("model_attributes_type", List.of(BODY, name), NO_OBJECT, object));
        }
        for (String field : fields) {
            JsonNode value = object.path(field);
            if (!(value instanceof MissingNode) && !value.isNull()) {
                checkedText(value, List.of(BODY, name, field));
            }
        }
    }

    /** One of these texts, or the first where there is none. */
    String oneOf(String name, List<String> choices) {
        JsonNode value = body.path(name);
        if (value instanceof MissingNode) {
            return choices.get(0);
        }
        if (!value.isTextual() || !choices.contains(value.asText())) {
            String last = "'" + choices.get(choices.size() - 1) + "'";
            String expected = "'" + String.join("', '", choices.subList(0, choices.size() - 1)) + "' or " + last;
            Map<String, @Nullable Object> error =
                    error("enum", List.of(BODY, name), "Input should be " + expected, value);
            error.put("ctx", Map.of("expected", expected));
            errors.add(error);
        }
        return value.asText();
    }

    /** A whole number, as a number, a text or a truth value; or this one where there is none. */
    BigDecimal wholeNumber(String name, int fallback) {
        JsonNode value = body.path(name);
        if (value instanceof MissingNode) {
            return BigDecimal.valueOf(fallback);
        }
        List<Object> place = List.of(BODY, name);
        if (value.isBoolean()) {
            return value.asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value.isTextual()) {
            String text = value.asText().strip();
            if (text.matches("[+-]?\\d{1,4000}(\\.0*)?")) {
                return new BigDecimal(text.endsWith(".") ? text + "0" : text);
            }
            String message = "Input should be a valid integer, unable to parse string as an integer";
            errors.add(error("int_parsing", place, message, value));
        } else if (!value.isNumber()) {
            errors.add(error("int_type", place, "Input should be a valid integer", value));
        } else if (value.decimalValue().stripTrailingZeros().scale() > 0) {
            String message = "Input should be a valid integer, got a number with a fractional part";
            errors.add(error("int_from_float", place, message, value));
        } else {
            return value.decimalValue();
        }
        return BigDecimal.valueOf(fallback);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidException when something was wrong
     */
    void requireValid() throws InvalidException {
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
    }
}
