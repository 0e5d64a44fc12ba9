package io.synapse.sdk.dialect.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies that models keep: what a server leaves out is empty, and nobody can change them. */
public final class Copies {
    private Copies() {}

    /** A list, empty if absent. */
    public static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** A map in its order, empty if absent; its values may be null, as JSON's may. */
    public static <V extends @Nullable Object> Map<String, V> of(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
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
}
