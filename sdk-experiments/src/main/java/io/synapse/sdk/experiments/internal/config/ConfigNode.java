package io.synapse.sdk.experiments.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a config and where it is. What aliases name is shared, so that the leaves of a tree may be more than its nodes. */
sealed interface ConfigNode {
    /** Where it begins, from 1. */
    int line();

    /** How many collections are nested in it, itself included. */
    int depth();

    /** How many values without elements there are in it, each counted as often as aliases repeat it. */
    long leaves();

    /** As JSON has it: dates are text. */
    @Nullable
    Object plain();

    /**
     * A value without elements.
     *
     * @param value null, or a Boolean, Long, BigInteger, Double, String or {@link Timestamp}
     * @param isWord whether it is written without quotes
     */
    record Scalar(@Nullable Object value, boolean isWord, int line) implements ConfigNode {
        @Override
        public int depth() {
            return 0;
        }

        @Override
        public long leaves() {
            return 1;
        }

        @Override
        public @Nullable Object plain() {
            return value instanceof Timestamp ? value.toString() : value;
        }

        /** As Python makes text of a key. */
        String keyText() {
            if (value instanceof Boolean truth) {
                return truth ? "True" : "False";
            }
            return value == null ? "None" : value.toString();
        }
    }

    /** A list. */
    record Sequence(List<ConfigNode> items, int line, int depth, long leaves) implements ConfigNode {
        @Override
        public Object plain() {
            List<@Nullable Object> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /** A mapping, in the order of its keys. */
    record Mapping(List<Entry> entries, int line, int depth, long leaves) implements ConfigNode {
        @Override
        public Object plain() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries.forEach(entry -> map.put(entry.key.keyText(), entry.value.plain()));
            return map;
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, ConfigNode value) {}
}
