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
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;

/** A list or mapping whose end has not been read. Its additions throw an IllegalArgumentException that says why. */
abstract sealed class OpenCollection {
    private final CollectionStartEvent start;
    private final int line;

    private OpenCollection(CollectionStartEvent start, int line) {
        this.start = start;
        this.line = line;
    }

    static OpenCollection of(CollectionStartEvent start, int line) {
        return start instanceof MappingStartEvent ? new OpenMapping(start, line) : new OpenSequence(start, line);
    }

    final CollectionStartEvent start() {
        return start;
    }

    final int line() {
        return line;
    }

    /** Whether the next value is a key. */
    abstract boolean expectsKey();

    abstract void add(ConfigNode node);

    abstract boolean isEmpty();

    /** What leads from it to the value that is read next. */
    abstract String step();

    abstract ConfigNode node();

    private static int depth(Iterable<ConfigNode> nodes) {
        int depth = 0;
        for (ConfigNode node : nodes) {
            depth = Math.max(depth, node.depth());
        }
        return depth + 1;
    }

    private static long leaves(Iterable<ConfigNode> nodes) {
        long leaves = 0;
        for (ConfigNode node : nodes) {
            leaves += node.leaves();
        }
        return Math.max(1, leaves);
    }

    private static final class OpenSequence extends OpenCollection {
        private final List<ConfigNode> items = new ArrayList<>();

        OpenSequence(CollectionStartEvent start, int line) {
            super(start, line);
        }

        @Override
        boolean expectsKey() {
            return false;
        }

        @Override
        void add(ConfigNode node) {
            items.add(node);
        }

        @Override
        boolean isEmpty() {
            return items.isEmpty();
        }

        @Override
        String step() {
            return "[" + items.size() + "]";
        }

        @Override
        ConfigNode node() {
            return new Sequence(List.copyOf(items), line(), depth(items), leaves(items));
        }
    }

    /** Mappings merged into it come before its own keys, which replace theirs in place, as PyYAML has it. */
    private static final class OpenMapping extends OpenCollection {
        private final Map<Object, Entry> own = new LinkedHashMap<>();
        private @Nullable Scalar key;
        private @Nullable ConfigNode merged;

        OpenMapping(CollectionStartEvent start, int line) {
            super(start, line);
        }

        @Override
        boolean expectsKey() {
            return key == null;
        }

        @Override
        void add(ConfigNode node) {
            if (key != null) {
                put(key, node);
                key = null;
            } else if (node instanceof Scalar scalar) {
                key = scalar;
            } else {
                throw new IllegalArgumentException("a key is no list and no mapping");
            }
        }

        private void put(Scalar name, ConfigNode value) {
            boolean isMerge = name.isWord() && "<<".equals(name.value());
            if (isMerge ? merged != null : own.put(identity(name.value()), new Entry(name, value)) != null) {
                throw new IllegalArgumentException("the key " + name.keyText() + " is there twice");
            }
            if (isMerge) {
                merged = value;
            }
        }

        @Override
        boolean isEmpty() {
            return own.isEmpty() && merged == null;
        }

        @Override
        String step() {
            return key == null ? "" : "." + key.keyText();
        }

        @Override
        ConfigNode node() {
            Map<Object, Entry> entries = new LinkedHashMap<>();
            for (Mapping mapping : mappings(merged)) {
                mapping.entries()
                        .forEach(entry -> entries.put(identity(entry.key().value()), entry));
            }
            entries.putAll(own);
            List<ConfigNode> values =
                    entries.values().stream().map(Entry::value).toList();
            return new Mapping(List.copyOf(entries.values()), line(), depth(values), leaves(values));
        }

        /** Of several merged mappings, the first is the one whose values count. */
        private static List<Mapping> mappings(@Nullable ConfigNode merged) {
            List<ConfigNode> sources =
                    merged instanceof Sequence list ? list.items() : merged == null ? List.of() : List.of(merged);
            List<Mapping> lastFirst = new ArrayList<>();
            for (ConfigNode source : sources) {
                if (!(source instanceof Mapping mapping)) {
                    throw new IllegalArgumentException("<< merges a mapping or a list of mappings");
                }
                lastFirst.add(0, mapping);
            }
            return lastFirst;
        }

        /** Equal for what Python takes for the same key: 1, 1.0 and true. */
        private static Object identity(@Nullable Object key) {
            if (key instanceof Boolean truth) {
                return truth ? 1L : 0L;
            }
            if (key instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
                return number.longValue();
            }
            return key == null ? OpenMapping.class : key;
        }
    }
}
