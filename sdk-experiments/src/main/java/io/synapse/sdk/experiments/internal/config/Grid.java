package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.config.ConfigNode.Entry;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Mapping;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Scalar;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs that the training makes of one config: each list, however deep in mappings, is an axis, and the last key varies
 * fastest (wire/experiments.md, section 6).
 */
final class Grid {
    /** More are refused. */
    static final int MAX_RUNS = 10_000;

    /** The values of each dotted key: several, or the one that is no list. */
    private final Map<String, List<ConfigNode>> values = new LinkedHashMap<>();

    /** As JSON has them, of those keys that have several. Shared, as there are many runs. */
    private final Map<String, List<@Nullable Object>> axes = new LinkedHashMap<>();

    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final long count;

    /** @throws ConfigException when the training could not make runs of it, or there are too many */
    Grid(Mapping config) {
        flatten("", config);
        refuseValuesWithKeys();
        count = product();
        if (count > MAX_RUNS) {
            throw ConfigException.tooLarge(
                    "",
                    config.line(),
                    "the lists make " + (count == Long.MAX_VALUE ? "more than 9e18" : String.valueOf(count))
                            + " runs; a config has at most " + MAX_RUNS);
        }
        values.forEach((key, alternatives) -> {
            if (alternatives.size() > 1) {
                List<@Nullable Object> plain = new ArrayList<>();
                alternatives.forEach(value -> plain.add(value.plain()));
                axes.put(key, plain);
            }
        });
    }

    /** How many runs there are, at least 1. */
    int count() {
        return (int) count;
    }

    /** What one run has under each dotted key. */
    Map<String, ConfigNode> point(int index) {
        Map<String, ConfigNode> point = new LinkedHashMap<>();
        long period = count;
        for (Map.Entry<String, List<ConfigNode>> axis : values.entrySet()) {
            int size = axis.getValue().size();
            period /= size;
            point.put(axis.getKey(), axis.getValue().get((int) (index / period % size)));
        }
        return point;
    }

    /** What tells a run from the others: the values of the axes that have several. */
    Map<String, @Nullable Object> coordinates(int index) {
        Map<String, @Nullable Object> coordinates = new LinkedHashMap<>();
        long period = count;
        for (Map.Entry<String, List<@Nullable Object>> axis : axes.entrySet()) {
            int size = axis.getValue().size();
            period /= size;
            coordinates.put(axis.getKey(), axis.getValue().get((int) (index / period % size)));
        }
        return coordinates;
    }

    /** All values that some run has, by dotted key. */
    Map<String, List<ConfigNode>> values() {
        return values;
    }

    /** The line of a dotted key. */
    int line(String key) {
        return lines.getOrDefault(key, 1);
    }

    private void flatten(String prefix, Mapping mapping) {
        for (Entry entry : mapping.entries()) {
            String key = prefix + key(entry.key(), prefix);
            if (key.chars().filter(unit -> unit == '.').count() >= ConfigParser.MAX_DEPTH) {
                throw ConfigException.tooLarge(
                        prefix,
                        entry.key().line(),
                        "a config is nested at most " + ConfigParser.MAX_DEPTH + " deep, dots in keys included");
            }
            if (entry.value() instanceof Mapping nested) {
                flatten(key + ".", nested); // an empty one leaves nothing, in the training too
            } else if (values.put(key, alternatives(entry.value())) != null) {
                throw new ConfigException(key, entry.key().line(), "this key is there twice");
            } else {
                lines.put(key, entry.key().line());
            }
        }
    }

    private static String key(Scalar key, String prefix) {
        if (key.value() instanceof String text) {
            return text;
        }
        if (prefix.isEmpty() || key.value() instanceof Double || key.value() instanceof Timestamp) {
            throw new ConfigException(
                    prefix + key.keyText(), key.line(), "the key " + key.keyText() + " is no text; quote it");
        }
        return key.keyText();
    }

    private static List<ConfigNode> alternatives(ConfigNode value) {
        return value instanceof Sequence list && !list.items().isEmpty() ? list.items() : List.of(value);
    }

    private void refuseValuesWithKeys() {
        for (String key : values.keySet()) {
            for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
                String above = key.substring(0, dot);
                if (values.containsKey(above)) {
                    throw new ConfigException(key, line(key), above + " has a value, so there are no keys below it");
                }
            }
        }
    }

    private long product() {
        long product = 1;
        for (List<ConfigNode> axis : values.values()) {
            if (product > Long.MAX_VALUE / axis.size()) {
                return Long.MAX_VALUE;
            }
            product *= axis.size();
        }
        return product;
    }

    /** Nests dotted keys again. */
    static Map<String, Object> nested(Map<String, ConfigNode> flat) {
        Map<String, Object> root = new LinkedHashMap<>();
        flat.forEach((key, value) -> {
            List<String> steps = new ArrayList<>(List.of(key.split("\\.", -1)));
            String last = steps.remove(steps.size() - 1);
            Map<String, Object> place = root;
            for (String step : steps) {
                place = below(place, step);
            }
            place.put(last, value);
        });
        return root;
    }

    @SuppressWarnings("unchecked") // only maps are above other keys
    private static Map<String, Object> below(Map<String, Object> place, String step) {
        return (Map<String, Object>) place.computeIfAbsent(step, absent -> new LinkedHashMap<String, Object>());
    }
}
