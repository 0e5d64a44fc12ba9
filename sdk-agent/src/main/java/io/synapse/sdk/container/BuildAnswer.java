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

/** Reads what agents say of a build: some give its error and the end of its log as text, others as objects or lists. */
final class BuildAnswer {
    private static final String ID = "id";
    private static final String ERROR = "error";
    private static final String LOG_TAIL = "log_tail";
    private static final List<String> SENTENCE_FIELDS = List.of("message", "detail", ERROR, "msg");

    private BuildAnswer() {}

    /** The build of this id, which the answer itself may leave out. */
    static Build read(String id, Map<String, @Nullable Object> answer) {
        Map<String, @Nullable Object> plain = answer.get(ID) == null ? Copies.with(answer, ID, id) : answer;
        plain = Copies.with(plain, ERROR, text(answer.get(ERROR)));
        plain = Copies.with(plain, LOG_TAIL, text(answer.get(LOG_TAIL)));
        try {
            return Json.convert(plain, Build.class);
        } catch (UnreadableJsonException e) {
            String message = "what the agent says of build " + id + " cannot be understood: " + e.getMessage();
            throw new UnexpectedResponseException(Failure.of(200, message), e);
        }
    }

    private static @Nullable String text(@Nullable Object said) {
        if (said instanceof List<?> lines) {
            return lines.stream().map(Objects::toString).collect(Collectors.joining("\n"));
        }
        if (said instanceof Map<?, ?> object) {
            return SENTENCE_FIELDS.stream()
                    .map(object::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .orElseGet(() -> Json.toText(object));
        }
        return said == null ? null : said.toString();
    }
}
