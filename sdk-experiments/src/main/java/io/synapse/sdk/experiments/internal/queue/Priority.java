package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.synapse.sdk.experiments.internal.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How urgent a job is: the larger, the sooner.
 *
 * @param value as it is kept: low −10, normal 0, high 10, urgent 20, or any other number
 */
public record Priority(int value) {
    static final Priority NORMAL = new Priority(0);

    private static final Map<String, Integer> WORDS = Map.of("low", -10, "normal", 0, "high", 10, "urgent", 20);

    /** The nearest word that is not above it. */
    public String word() {
        return WORDS.entrySet().stream()
                .filter(word -> word.getValue() <= value)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("low");
    }

    /**
     * That of a request; normal when it has none.
     *
     * @param part of the request that it is in, {@code body} or {@code query}
     * @throws Failure 422 when it is neither a word nor a whole number
     */
    public static Priority of(@Nullable JsonNode value, String part) {
        if (value == null || value.isNull()) {
            return NORMAL;
        }
        if (value.isInt()) {
            return new Priority(value.intValue());
        }
        return Optional.ofNullable(value.isTextual() ? WORDS.get(value.textValue()) : null)
                .map(Priority::new)
                .orElseThrow(() -> Failure.invalid(
                        "enum", List.of(part, "priority"), "Input should be 'low', 'normal', 'high' or 'urgent'"));
    }

    /** That of a query. */
    public static Priority ofQuery(String word) {
        return word.matches("-?\\d{1,9}") ? new Priority(Integer.parseInt(word)) : of(TextNode.valueOf(word), "query");
    }
}
