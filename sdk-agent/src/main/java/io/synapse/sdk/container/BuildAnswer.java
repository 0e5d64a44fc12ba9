package io.synapse.sdk.container;

import io.synapse.sdk.Failure;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the status of a build: agents send its error and the end of its log as text, objects or lists. */
final class BuildAnswer {
    private static final String ID = "id";
    private static final String ERROR = "error";
    private static final String LOG_TAIL = "log_tail";
    private static final List<String> MESSAGE_FIELDS = List.of("message", "detail", ERROR, "msg");

    private BuildAnswer() {}

    /** The build with this id, which the response may omit. */
    static Build read(String id, Map<String, @Nullable Object> answer) {
        Map<String, @Nullable Object> plain = answer.get(ID) == null ? Copies.with(answer, ID, id) : answer;
        plain = Copies.with(plain, ERROR, text(answer.get(ERROR)));
        plain = Copies.with(plain, LOG_TAIL, text(answer.get(LOG_TAIL)));
        try {
            return Json.convert(plain, Build.class);
        } catch (UnreadableJsonException e) {
            String message = "the status of build " + id + " cannot be read: " + e.getMessage();
            throw new UnexpectedResponseException(Failure.of(200, message), e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof List<?> lines) {
            return lines.stream().map(Objects::toString).collect(Collectors.joining("\n"));
        }
        if (value instanceof Map<?, ?> object) {
            return MESSAGE_FIELDS.stream()
                    .map(object::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .orElseGet(() -> Json.toText(object));
        }
        return value == null ? null : value.toString();
    }
}
