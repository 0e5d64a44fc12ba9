package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a search. A page begins after the values by which the last item of the page before was sorted, so that what is
 * added or deleted meanwhile neither repeats nor hides others. Not thread-safe.
 */
final class SearchStatement {
    private static final Set<String> OF_NUMBERS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final Set<String> OF_TEXTS = Set.of("=", "!=", "LIKE", "ILIKE");

    private final MlflowTable table;
    private final List<Object> bound = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private @Nullable String after;

    /** By what it is sorted. */
    private record Key(String expression, boolean isDescending) {}

    SearchStatement(MlflowTable table) {
        this.table = table;
    }

    /** Binds a value; the SQL for it. */
    String bind(Object value) {
        bound.add(value);
        return ":p" + (bound.size() - 1);
    }

    void where(String condition) {
        conditions.add(condition);
    }

    void where(MlflowFilter.Comparison comparison) {
        String kind = table.kind(comparison.term());
        String key = comparison.term().key();
        boolean isNumber = kind.equals("metric") || kind.equals("attribute") && table.isNumber(key);
        if (comparison.value() instanceof List<?> && (isNumber || !kind.equals("attribute"))) {
            throw Failure.badRequest("Only attributes that are texts can be compared with a list");
        }
        boolean isRightType = isNumber == comparison.value() instanceof Double;
        if (!isRightType) {
            throw Failure.badRequest("Expected " + (isNumber ? "a numeric value" : "a quoted string value") + " for "
                    + kind + " " + key + ". Found " + comparison.value());
        }
        if (kind.equals("attribute")) {
            where(compared(table.attribute(key), comparison, isNumber));
        } else {
            where("EXISTS (SELECT 1 FROM " + values(kind, key) + " AND " + compared("v.value", comparison, isNumber)
                    + ")");
        }
    }

    /** Sorts by this after what was given before; items without a value come last. */
    void order(MlflowFilter.Order order) {
        String kind = table.kind(order.term());
        String key = order.term().key();
        if (kind.equals("attribute")) {
            String expression = table.attribute(key);
            keys.add(new Key(expression + " IS NULL", false));
            keys.add(new Key(expression, order.isDescending()));
        } else {
            String values = values(kind, key);
            keys.add(new Key("ifnull((SELECT v.value IS NULL FROM " + values + "), 2)", false)); // NaN is null
            keys.add(new Key("(SELECT v.value FROM " + values + ")", order.isDescending()));
        }
    }

    /**
     * Begins after the item of which the token is. Called after all orders are given.
     *
     * @throws Failure when it is no token of a search in this order: 400
     */
    void after(String token) {
        List<@Nullable Object> values = values(token);
        List<Key> all = allKeys();
        if (values.size() != all.size()) {
            throw Failure.badRequest("Invalid page token: " + token);
        }
        List<String> beyond = new ArrayList<>();
        StringBuilder equal = new StringBuilder();
        for (int key = 0; key < all.size(); key++) {
            Object value = values.get(key);
            if (value != null) { // nothing is beyond null: its place is told by the key before
                String place = bind(value);
                beyond.add("(" + equal + "key" + key + (all.get(key).isDescending() ? " < " : " > ") + place + ")");
                equal.append("key").append(key).append(" = ").append(place).append(" AND ");
            }
        }
        after = String.join(" OR ", beyond);
    }

    /** The query; its rows have all columns of the table. */
    Query query(Handle handle, long limit) {
        List<Key> all = allKeys();
        StringBuilder sql = new StringBuilder("SELECT * FROM (SELECT t.*");
        for (int key = 0; key < all.size(); key++) {
            sql.append(", ").append(all.get(key).expression()).append(" AS key").append(key);
        }
        sql.append(" FROM ").append(table.table()).append(" AS t WHERE ").append(String.join(" AND ", conditions));
        sql.append(")").append(after == null ? "" : " WHERE " + after).append(" ORDER BY ");
        List<String> orders = IntStream.range(0, all.size())
                .mapToObj(key -> "key" + key + (all.get(key).isDescending() ? " DESC" : ""))
                .toList();
        sql.append(String.join(", ", orders)).append(" LIMIT ").append(limit);
        Query query = handle.createQuery(sql.toString());
        for (int at = 0; at < bound.size(); at++) {
            query.bind("p" + at, bound.get(at));
        }
        return query;
    }

    /** What to begin the page with that is after this row. */
    String token(ResultSet row) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (int key = 0; key < allKeys().size(); key++) {
            Object value = row.getObject("key" + key);
            values.add(
                    value == null
                            ? null
                            : (value instanceof String ? "s" : value instanceof Double ? "d" : "l") + value);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(values).getBytes(StandardCharsets.UTF_8));
    }

    private List<Key> allKeys() {
        List<Key> all = new ArrayList<>(keys);
        table.ages().forEach(age -> all.add(new Key(age, true)));
        return all;
    }

    private static List<@Nullable Object> values(String token) {
        List<@Nullable Object> values = new ArrayList<>();
        try {
            JsonNode json =
                    Json.MAPPER.readTree(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            for (JsonNode value : json) {
                values.add(value.isNull() ? null : value(value.asText()));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | JsonProcessingException e) {
            throw Failure.badRequest("Invalid page token: " + token);
        }
        return values;
    }

    private static Object value(String text) {
        String value = text.substring(1);
        return switch (text.charAt(0)) {
            case 'd' -> Double.valueOf(value);
            case 'l' -> Long.valueOf(value);
            default -> value;
        };
    }

    private String values(String kind, String key) {
        if (kind.equals("metric")) {
            return "mlflow_metric AS v WHERE v.run = t.run AND v.key = " + bind(key);
        }
        return "json_each(t." + kind + "s) AS v WHERE v.key = " + bind(key);
    }

    private String compared(String expression, MlflowFilter.Comparison comparison, boolean isNumber) {
        String operator = comparison.operator();
        Object value = comparison.value();
        if (value instanceof List<?> list) {
            return expression + " " + operator + " (SELECT value FROM json_each(" + bind(Json.text(list)) + "))";
        }
        if (!(isNumber ? OF_NUMBERS : OF_TEXTS).contains(operator)) {
            throw Failure.badRequest("Invalid comparator '" + operator + "' for "
                    + comparison.term().key());
        }
        return switch (operator) {
            case "LIKE" -> expression + " GLOB " + bind(glob(String.valueOf(value)));
            case "ILIKE" -> expression + " LIKE " + bind(value);
            case "!=" -> expression + " IS NOT " + bind(value); // a NaN, which is null, differs from all numbers
            default -> expression + " " + operator + " " + bind(value);
        };
    }

    /** SQLite's LIKE takes small and capital letters for the same, GLOB does not. */
    private static String glob(String like) {
        return like.replaceAll("[*?\\[]", "[$0]").replace('%', '*').replace('_', '?');
    }
}
