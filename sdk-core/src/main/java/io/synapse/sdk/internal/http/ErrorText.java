package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes one readable line of whatever a server says about an error (wire/agent.md, sections 2 and 3). */
final class ErrorText {
    private static final int MAX_LENGTH = 200;
    private static final List<String> SENTENCE_FIELDS = List.of("detail", "message", "error", "msg");

    private ErrorText() {}

    /** The sentence in an error body, or the given words where there is none: without secrets, one line, not too long. */
    static String of(@Nullable Object body, String otherwise) {
        String text = sentence(body).strip();
        return tidy(text.isEmpty() ? otherwise : text);
    }

    /** Secrets masked; white space folded; at most 200 characters. */
    static String tidy(String text) {
        String line = Secrets.NONE.mask(text).replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** The list of {@code {loc, msg}} under {@code detail} that FastAPI sends. */
    static List<FieldError> fieldErrors(@Nullable Object body) {
        Object detail = body instanceof Map<?, ?> map ? map.get("detail") : body;
        List<FieldError> errors = new ArrayList<>();
        if (detail instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> error && error.get("msg") instanceof String message) {
                    errors.add(new FieldError(location(error.get("loc")), message));
                }
            }
        }
        return errors;
    }

    private static List<String> location(@Nullable Object location) {
        return location instanceof List<?> steps
                ? steps.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String sentence(@Nullable Object body) {
        List<FieldError> errors = fieldErrors(body);
        if (!errors.isEmpty()) {
            return errors.stream().map(FieldError::toString).collect(Collectors.joining("; "));
        }
        if (body instanceof Map<?, ?> map) {
            for (String field : SENTENCE_FIELDS) {
                if (map.get(field) != null) {
                    return sentence(map.get(field));
                }
            }
            return Secrets.maskedFields(map).toString();
        }
        return Objects.toString(body, "");
    }
}
