package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.internal.http.Secrets;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unmodifiable copies of the collections of a model; absent ones become empty. */
public final class Copies {
    private Copies() {}

    /** A list, empty if absent. */
    public static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** A map in its order, empty if absent; its values may be null. Its text has {@link Secrets} masked. */
    public static <V extends @Nullable Object> Map<String, V> of(@Nullable Map<String, V> map) {
        return map == null || map.isEmpty() ? Map.of() : new UnmodifiableMap<>(new LinkedHashMap<>(map));
    }

    /** A JSON object that is the value of a field; empty if it is anything else. */
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, element) -> object.put(String.valueOf(name), element));
        }
        return object;
    }

    /** A map with one more entry, or with that entry changed. */
    public static <V extends @Nullable Object> Map<String, V> with(Map<String, V> map, String name, @Nullable V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static final class UnmodifiableMap<V extends @Nullable Object> extends AbstractMap<String, V>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // JSON values are
        private final Map<String, V> entries;

        UnmodifiableMap(Map<String, V> entries) {
            this.entries = Collections.unmodifiableMap(entries);
        }

        @Override
        public Set<Map.Entry<String, V>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return entries.containsKey(key);
        }

        @Override
        public @Nullable V get(@Nullable Object key) {
            return entries.get(key);
        }

        @Override
        public String toString() {
            return Secrets.maskedFields(entries).toString();
        }
    }
}
