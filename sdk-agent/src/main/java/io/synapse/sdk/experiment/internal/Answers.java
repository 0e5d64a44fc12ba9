package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers (wire/experiments.md, section 1): takes them out of their envelope, finds the errors that come with status
 * 200, and reads times without a zone as those of the server.
 */
final class Answers {
    private static final String DATA = "data";
    private static final int FIRST_ERROR = 400;
    private static final Pattern LOCAL_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?");

    /** Fields whose content is the user's and not the server's. */
    private static final Set<String> OPAQUE = Set.of(
            "metadata",
            "hyperparameters",
            "environment_vars",
            "requirements",
            "checkpoint",
            "parameters",
            "examples",
            "reproducibility",
            "grid");

    private final ZoneId zone;

    Answers(ZoneId zone) {
        this.zone = zone;
    }

    /** What an answer says, out of its envelope. */
    Object content(Endpoint<?> request, Map<String, @Nullable Object> answer) {
        requireSuccess(request, answer);
        Object data = answer.containsKey(DATA) ? answer.get(DATA) : answer;
        if (data == null) {
            throw unexpected(request, "its data is null", null);
        }
        return data;
    }

    <T> T read(Endpoint<?> request, Map<String, @Nullable Object> answer, Class<T> type) {
        return convert(request, content(request, answer), type);
    }

    <T> List<T> readList(Endpoint<?> request, Map<String, @Nullable Object> answer, Class<T> type) {
        return convertList(request, content(request, answer), type);
    }

    /** What stands in a field of an answer, for which it has no envelope. */
    Object field(Endpoint<?> request, Map<String, @Nullable Object> answer, String name) {
        Object value = Copies.object(content(request, answer)).get(name);
        if (value == null) {
            throw unexpected(request, "it has no " + name, null);
        }
        return value;
    }

    <T> T convert(Endpoint<?> request, Object value, Class<T> type) {
        try {
            return Json.convert(withZone("", value), type);
        } catch (UnreadableJsonException e) {
            throw unexpected(request, "it is not a JSON " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    <T> List<T> convertList(Endpoint<?> request, Object value, Class<T> type) {
        try {
            return Json.convertList(withZone("", value), type);
        } catch (UnreadableJsonException e) {
            throw unexpected(request, "it is not a list: " + e.getMessage(), e);
        }
    }

    /** Some refusals of the original come with status 200, their own status inside. */
    private static void requireSuccess(Endpoint<?> request, Map<String, @Nullable Object> answer) {
        if (!answer.containsKey(DATA)
                && answer.get("title") instanceof String title
                && answer.get("status") instanceof Integer status
                && status >= FIRST_ERROR) {
            Object detail = answer.get("detail");
            String why = detail instanceof String text ? text : title + (detail == null ? "" : ": " + detail);
            String message = request + " answered 200, but that it failed with " + status + ": " + why;
            throw Failures.exception(
                    Failure.of(status, Failures.oneLine(message)).detail(answer));
        }
    }

    static UnexpectedResponseException unexpected(Endpoint<?> request, String why, @Nullable Throwable cause) {
        return new UnexpectedResponseException(
                Failure.of(200, request + " was answered, but " + why).mayHaveBeenExecuted(true), cause);
    }

    private Object withZone(String field, Object value) {
        if (OPAQUE.contains(field)) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, element) ->
                    copy.put(String.valueOf(name), element == null ? null : withZone(String.valueOf(name), element)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(element == null ? null : withZone(field, element)));
            return copy;
        }
        return value instanceof String text && isTime(field) ? instant(text) : value;
    }

    private static boolean isTime(String field) {
        return field.endsWith("_at") || field.startsWith("last_") || field.equals("timestamp");
    }

    private Object instant(String text) {
        if (!LOCAL_TIME.matcher(text).matches()) {
            return text;
        }
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant().toString();
        } catch (DateTimeParseException e) {
            return text; // month 13: the reader keeps it aside
        }
    }
}
