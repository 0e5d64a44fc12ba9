package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what the runs of a project are sorted. Runs without the value come last; equal ones in the order of their arrival.
 *
 * @param value the SQL expression
 * @param metric whose summary it needs; null for none
 */
public record RunOrder(String value, @Nullable String metric, boolean isAscending) {
    private static final Map<String, String> COLUMNS = Map.of(
            "created", "run.id",
            "run_name", "run.name",
            "status", "run.status",
            "started_at", "run.started_at",
            "finished_at", "run.finished_at",
            "last_updated", "run.updated_at");

    private static final Map<String, String> SUMMARIES = Map.of(
            "final", "summary.last",
            "last", "summary.last",
            "min", "summary.min",
            "max", "summary.max",
            "mean", "summary.sum / nullif(summary.n, 0)");

    private static final String METRIC = "metric:";

    /** The newest first. */
    public static final RunOrder NEWEST = new RunOrder("run.id", null, false);

    /**
     * The order of the parameters {@code sort} and {@code order}.
     *
     * @throws Failure when there is none: 422
     */
    public static RunOrder of(@Nullable String sort, @Nullable String order) {
        boolean isAscending = "asc".equals(order);
        if (order != null && !isAscending && !order.equals("desc")) {
            throw Failure.invalid("enum", List.of("query", "order"), "Input should be 'asc' or 'desc'");
        }
        if (sort == null) {
            return new RunOrder(NEWEST.value(), null, isAscending);
        }
        if (COLUMNS.containsKey(sort)) {
            return new RunOrder(COLUMNS.get(sort), null, isAscending);
        }
        int end = sort.lastIndexOf(':');
        String which = sort.substring(end + 1);
        if (sort.startsWith(METRIC) && end > METRIC.length() && SUMMARIES.containsKey(which)) {
            return new RunOrder(SUMMARIES.get(which), sort.substring(METRIC.length(), end), isAscending);
        }
        throw Failure.invalid(
                "enum",
                List.of("query", "sort"),
                "Input should be metric:NAME:final, min, max or mean, or one of "
                        + COLUMNS.keySet().stream().sorted().toList());
    }

    /** Whether it is that of an index. */
    boolean isIndexed() {
        return value.equals(SUMMARIES.get("final"));
    }

    /** Its direction in SQL. */
    String direction() {
        return isAscending ? "ASC" : "DESC";
    }

    /** How what is further on compares, in SQL. */
    String beyond() {
        return isAscending ? ">" : "<";
    }

    /** The words of SQL for it. */
    String clause() {
        return "ORDER BY value IS NULL, value " + direction() + ", run.id " + direction();
    }

    /** What is after a run in this order, as a condition on {@code :value} and {@code :id}. */
    String after(Cursor cursor) {
        return cursor.value() == null
                ? "(" + value + ") IS NULL AND run.id " + beyond() + " :id"
                : "((" + value + ") " + beyond() + " :value OR (" + value + ") IS NULL OR (" + value
                        + ") = :value AND run.id " + beyond() + " :id)";
    }

    /**
     * The last run of a page.
     *
     * @param value a number, a text or null
     */
    record Cursor(@Nullable Object value, long id) {
        String text() {
            String json = Json.text(value == null ? List.of(id) : List.of(id, value));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor of(String text) {
            try {
                byte[] json = Base64.getUrlDecoder().decode(text);
                JsonNode fields = Json.MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
                JsonNode value = fields.path(1);
                if (fields.path(0).isIntegralNumber() && !value.isContainerNode()) {
                    return new Cursor(
                            value.isMissingNode() ? null : plain(value),
                            fields.path(0).longValue());
                }
            } catch (IllegalArgumentException | JsonProcessingException e) {
                throw Failure.invalid("cursor", List.of("query", "cursor"), "Input should be a next_cursor: " + text);
            }
            throw Failure.invalid("cursor", List.of("query", "cursor"), "Input should be a next_cursor: " + text);
        }

        private static Object plain(JsonNode value) {
            return value.isNumber() ? value.numberValue() : value.asText();
        }
    }
}
