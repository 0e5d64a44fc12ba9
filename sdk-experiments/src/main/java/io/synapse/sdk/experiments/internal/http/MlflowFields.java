package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of MLflow's requests, and words its errors. Limits and rules for names are those of MLflow 3.17. */
final class MlflowFields {
    static final int MAX_PARAM = 6000;
    static final int MAX_TAG = 8000;
    static final int MAX_EXPERIMENT_TAG = 20_000;
    static final int MAX_NAME = 500;

    /** The most results of a page. */
    private static final int MAX_RESULTS = 50_000;

    private static final int MAX_ORDERS = 20;
    private static final int DEFAULT_RESULTS = 1000;
    private static final int MAX_KEY = 250;
    private static final Pattern KEY = Pattern.compile("[/\\w.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Rows have steps as doubles, which are exact up to this. */
    private static final long MAX_STEP = 1L << 53;

    private MlflowFields() {}

    /** A handler whose failures are answered in MLflow's form. */
    static Handler withErrors(Handler handler) {
        return request -> {
            try {
                handler.handle(request);
            } catch (Failure e) {
                int status = e.status() == 404 || e.status() >= 500 ? e.status() : 400;
                error(request, status, code(e.status()), String.valueOf(e.getMessage()));
            }
        };
    }

    static void error(Context request, int status, String code, String message) {
        Replies.json(request, status, Map.of("error_code", code, "message", message));
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "RESOURCE_DOES_NOT_EXIST";
            case 409 -> "RESOURCE_ALREADY_EXISTS";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            default -> status >= 500 ? "INTERNAL_ERROR" : "INVALID_PARAMETER_VALUE";
        };
    }

    /** The id of a run, by the name of the field of newer or older clients. */
    static String uid(ObjectNode body) {
        return body.hasNonNull("run_id") ? text(body, "run_id") : text(body, "run_uuid");
    }

    /** The id of an experiment. */
    static long experiment(ObjectNode body) {
        return number(text(body, "experiment_id"));
    }

    /** The fields of a request without a body, as those of one with a body. */
    static ObjectNode ofQuery(Context request) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        request.queryParamMap().forEach((name, values) -> {
            if (name.equals("order_by")) {
                values.forEach(fields.withArray(name)::add);
            } else {
                fields.put(name, values.get(0));
            }
        });
        return fields;
    }

    static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
            throw Failure.badRequest("Missing value for required parameter '" + name + "'");
        }
        return value.asText();
    }

    /** A text that need not be there and has at most so many characters; empty when it is not. */
    static String text(JsonNode body, String name, int most) {
        return checkedLength(name, body.path(name).asText(""), most);
    }

    /** A whole number, which may be written as a text. */
    static long whole(JsonNode body, String name, long byDefault) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()
                || value.isTextual() && value.textValue().matches("-?\\d{1,18}")) {
            return value.asLong();
        }
        throw Failure.badRequest("Invalid value for parameter '" + name + "': " + value);
    }

    /** A number that cannot be negative. */
    static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Failure.badRequest("Invalid number: " + text);
        }
        return Long.parseLong(text);
    }

    /** How many results a page has at most. */
    static int limit(ObjectNode body) {
        long limit = whole(body, "max_results", DEFAULT_RESULTS);
        if (limit < 1 || limit > MAX_RESULTS) {
            throw Failure.badRequest(
                    "Invalid value for parameter 'max_results': it is from 1 to " + MAX_RESULTS + ", not " + limit);
        }
        return (int) limit;
    }

    /** What is searched for. */
    static MlflowSearch.Query query(ObjectNode body, String view) {
        List<String> orders = new ArrayList<>();
        list(body, "order_by", MAX_ORDERS).forEach(order -> orders.add(order.asText()));
        @Nullable String token = body.path("page_token").textValue();
        return new MlflowSearch.Query(
                body.path("filter").asText(""),
                orders,
                view(body.path(view).asText("")),
                limit(body),
                token == null || token.isEmpty() ? null : token);
    }

    private static MlflowSearch.View view(String text) {
        if (text.isEmpty()) {
            return MlflowSearch.View.ACTIVE_ONLY;
        }
        return Arrays.stream(MlflowSearch.View.values())
                .filter(view -> view.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Failure.badRequest("Invalid view type: " + text));
    }

    static MlflowPoint point(JsonNode fields) {
        long time = whole(fields, "timestamp", 0);
        long step = whole(fields, "step", 0);
        if (time < 0) {
            throw Failure.badRequest("Invalid value for parameter 'timestamp': " + time);
        }
        if (Math.abs(step) > MAX_STEP) {
            throw Failure.badRequest("Invalid value for parameter 'step': more than 2^53: " + step);
        }
        return new MlflowPoint(key(fields), value(fields.path("value")), time, step);
    }

    /** A key and a value of at most so many characters. */
    static Map<String, String> pair(JsonNode fields, int most) {
        return Map.of(key(fields), text(fields, "value", most));
    }

    /** Keys and values; a key has one value. */
    static Map<String, String> pairs(ObjectNode body, String name, int most, int longest) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (JsonNode pair : list(body, name, most)) {
            String value = text(pair, "value", longest);
            String other = pairs.put(key(pair), value);
            if (other != null && !other.equals(value)) {
                throw Failure.badRequest(
                        "Duplicate key in " + name + ": " + pair.path("key").asText());
            }
        }
        return pairs;
    }

    static ArrayNode list(ObjectNode body, String name, int most) {
        JsonNode list = body.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return Json.MAPPER.createArrayNode();
        }
        if (list instanceof ArrayNode array && array.size() <= most) {
            return array;
        }
        throw Failure.badRequest("Invalid value for parameter '" + name + "': it is a list of at most " + most);
    }

    /** A key: letters, digits and {@code _-. :}, in parts between slashes, none of which is a dot or two. */
    private static String key(JsonNode fields) {
        String key = checkedLength("key", text(fields, "key"), MAX_KEY);
        boolean isPath = Arrays.stream(key.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!KEY.matcher(key).matches() || !isPath || key.startsWith("..")) {
            throw Failure.badRequest("Invalid value '" + key + "' for parameter 'key' supplied: Names may only contain"
                    + " alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/),"
                    + " and must not resolve to other names when they are treated as files.");
        }
        return key;
    }

    private static String checkedLength(String name, String value, int most) {
        if (value.codePointCount(0, value.length()) > most) {
            throw Failure.badRequest("'" + name + "' exceeds the maximum length of " + most + " characters");
        }
        return value;
    }

    private static double value(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw Failure.badRequest("Invalid value for parameter 'value': " + value);
        };
    }
}
