package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.MetricCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of metrics (wire/experiments.md, section 8): numbers; NaN and infinity, which JSON does not have, as text;
 * an empty cell as null or empty text.
 */
public final class MetricValues {
    private static final List<String> STEPS = List.of("step", "epoch");

    private MetricValues() {}

    /** The value; null if there is none. */
    static @Nullable Double read(@Nullable Object cell) {
        if (cell instanceof Number number) {
            return number.doubleValue();
        }
        return cell instanceof String text
                ? switch (text) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> null;
                }
                : null;
    }

    /**
     * Values by name, with those that the reader of JSON has set aside because they are not finite.
     *
     * @param setAside what it has set aside, by field
     */
    public static Map<String, Double> withNotFinite(
            @Nullable Map<String, Double> values, @Nullable Map<String, @Nullable Object> setAside, String field) {
        Map<String, @Nullable Object> rest = setAside == null ? Map.of() : Copies.object(setAside.get(field));
        Map<String, Double> all = new LinkedHashMap<>(values == null ? Map.of() : values);
        rest.forEach((name, cell) -> {
            Double value = read(cell);
            if (value != null) {
                all.put(name, value);
            }
        });
        return Copies.of(all);
    }

    /**
     * What the reader of JSON has set aside of values, without what {@link #withNotFinite} has read: and without empty
     * cells, which are no values.
     *
     * @param fields the fields with values
     */
    public static Map<String, @Nullable Object> unread(
            @Nullable Map<String, @Nullable Object> setAside, String... fields) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(setAside == null ? Map.of() : setAside);
        for (String field : fields) {
            if (rest.get(field) instanceof Map<?, ?> cells) {
                Map<String, @Nullable Object> others = Copies.object(cells);
                others.values().removeIf(cell -> cell == null || "".equals(cell) || read(cell) != null);
                rest.put(field, others);
                rest.remove(field, Map.of());
            }
        }
        return Copies.of(rest);
    }

    /** The rows of a table, without the cells that have no value. */
    static List<Map<String, Double>> rows(@Nullable Object rows) {
        List<Map<String, Double>> read = new ArrayList<>();
        if (rows instanceof List<?> list) {
            for (Object row : list) {
                Map<String, Double> values = new LinkedHashMap<>();
                Copies.object(row).forEach((column, cell) -> {
                    Double value = read(cell);
                    if (value != null) {
                        values.put(column, value);
                    }
                });
                read.add(Copies.of(values));
            }
        }
        return read;
    }

    /** One metric of rows. */
    public static MetricCurve curve(List<Map<String, Double>> rows, String metric) {
        String steps = STEPS.stream()
                .filter(column -> rows.stream().anyMatch(row -> row.containsKey(column)))
                .findFirst()
                .orElse("");
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            Double value = rows.get(number).get(metric);
            Double step =
                    steps.isEmpty() ? Double.valueOf(number) : rows.get(number).get(steps);
            if (value != null && step != null) {
                x.add(step);
                y.add(value);
            }
        }
        return new MetricCurve(null, null, metric, x, y, (long) x.size(), Map.of());
    }

    /** A curve of an answer: its points have a step and a value; others are left out. */
    static MetricCurve readCurve(Map<String, @Nullable Object> curve) {
        List<?> steps = curve.get("steps") instanceof List<?> list ? list : List.of();
        List<?> values = curve.get("values") instanceof List<?> list ? list : List.of();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int point = 0; point < Math.min(steps.size(), values.size()); point++) {
            Double step = read(steps.get(point));
            Double value = read(values.get(point));
            if (step != null && value != null) {
                x.add(step);
                y.add(value);
            }
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(curve);
        more.keySet().removeAll(List.of("project", "run", "metric", "steps", "values", "total"));
        Long total = curve.get("total") instanceof Number number ? (Long) number.longValue() : null;
        return new MetricCurve(
                text(curve.get("project")), text(curve.get("run")), text(curve.get("metric")), x, y, total, more);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
