package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Handler;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fields of MLflow's requests, and words its errors. */
final class MlflowFields {
    private MlflowFields() {}

    /** A handler whose failures are answered in MLflow's form. */
    static Handler withErrors(Handler handler) {
        return request -> {
            try {
                handler.handle(request);
            } catch (Failure e) {
                int status = e.status() == 404 || e.status() >= 500 ? e.status() : 400;
                Map<String, Object> error =
                        Map.of("error_code", code(e.status()), "message", String.valueOf(e.getMessage()));
                Replies.json(request, status, error);
            }
        };
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

    static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isValueNode() || value.isNull()) {
            throw Failure.badRequest("Missing value for required parameter '" + name + "'");
        }
        return value.asText();
    }

    /** A whole number, which may be written as a text. */
    static long whole(JsonNode body, String name, long byDefault) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (value.isNumber() || value.asText().matches("-?\\d{1,18}")) {
            return value.asLong();
        }
        throw Failure.badRequest("Invalid value for parameter '" + name + "': " + value);
    }

    static MlflowPoint point(JsonNode fields) {
        return new MlflowPoint(
                text(fields, "key"),
                number(fields.path("value")),
                whole(fields, "timestamp", 0),
                whole(fields, "step", 0));
    }

    static Map<String, String> pair(JsonNode fields) {
        return Map.of(text(fields, "key"), fields.path("value").asText(""));
    }

    static Map<String, String> pairs(ObjectNode body, String name, int most) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (JsonNode pair : list(body, name, most)) {
            String value = pair.path("value").asText("");
            String other = pairs.put(text(pair, "key"), value);
            if (other != null && !other.equals(value)) {
                throw Failure.badRequest(
                        "Duplicate key in " + name + ": " + pair.path("key").asText());
            }
        }
        return pairs;
    }

    static JsonNode list(ObjectNode body, String name, int most) {
        JsonNode list = body.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return Json.MAPPER.createArrayNode();
        }
        if (!list.isArray() || list.size() > most) {
            throw Failure.badRequest("Invalid value for parameter '" + name + "': a list of at most " + most);
        }
        return list;
    }

    private static double number(JsonNode value) {
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
