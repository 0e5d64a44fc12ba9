package io.synapse.sdk.ray.internal;

import io.synapse.sdk.Failure;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.ray.StateAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The untyped content of an envelope of the state API (wire/ray.md, section 2).
 *
 * @param source the request, for messages
 * @param result a list, or a summary
 */
record StateReply(
        String source, Object result, long total, long numAfterTruncation, long numFiltered, List<String> warnings) {
    /**
     * Reads the envelope.
     *
     * @throws ServerException when it reports a failure
     * @throws UnexpectedResponseException when it is not such an envelope
     */
    static StateReply read(String source, Map<String, @Nullable Object> envelope) {
        if (Boolean.FALSE.equals(envelope.get("result"))) {
            String message = source + " failed: " + Failures.oneLine(String.valueOf(envelope.get("msg")));
            throw new ServerException(Failure.of(500, message).detail(envelope));
        }
        if (envelope.get("data") instanceof Map<?, ?> data
                && data.get("result") instanceof Map<?, ?> content
                && content.get("result") != null) {
            return new StateReply(
                    source,
                    content.get("result"),
                    number(content, "total"),
                    number(content, "num_after_truncation"),
                    number(content, "num_filtered"),
                    warnings(content));
        }
        throw unexpected(source, "it holds no result", null);
    }

    /** The reply as a list. */
    <T> StateAnswer<List<T>> listOf(Class<T> element) {
        return listOf(element, total > numAfterTruncation);
    }

    /** The reply as a list whose total includes resources that the filters excluded: it is not truncated. */
    <T> StateAnswer<List<T>> untruncatedListOf(Class<T> element) {
        return listOf(element, false);
    }

    /** The reply as a summary. */
    <T> StateAnswer<T> summary(Class<T> type) {
        Object summary = result instanceof Map<?, ?> map && map.get("node_id_to_summary") instanceof Map<?, ?> nodes
                ? nodes.get("cluster")
                : null;
        if (summary == null) {
            throw unexpected(source, "it holds no summary of the cluster", null);
        }
        return new StateAnswer<>(
                convert(summary, type), total, numAfterTruncation, numFiltered, total > numAfterTruncation, warnings);
    }

    private <T> StateAnswer<List<T>> listOf(Class<T> element, boolean isTruncatedAtSource) {
        List<T> items;
        try {
            items = Json.convertList(result, element);
        } catch (UnreadableJsonException e) {
            throw unexpected(source, "it holds no list", e);
        }
        boolean truncated = isTruncatedAtSource || numFiltered > items.size();
        return new StateAnswer<>(List.copyOf(items), total, numAfterTruncation, numFiltered, truncated, warnings);
    }

    private <T> T convert(Object value, Class<T> type) {
        try {
            return Json.convert(value, type);
        } catch (UnreadableJsonException e) {
            throw unexpected(source, "it holds what is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static long number(Map<?, ?> content, String field) {
        return content.get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static List<String> warnings(Map<?, ?> content) {
        List<String> warnings = new ArrayList<>();
        if (content.get("partial_failure_warning") instanceof String warning && !warning.isBlank()) {
            warnings.add(warning);
        }
        if (content.get("warnings") instanceof List<?> more) {
            more.forEach(warning -> warnings.add(String.valueOf(warning)));
        }
        return warnings;
    }

    private static UnexpectedResponseException unexpected(String source, String reason, @Nullable Throwable cause) {
        return new UnexpectedResponseException(Failure.of(200, source + " was answered, but " + reason), cause);
    }
}
