package io.synapse.sdk.internal.value;

import io.synapse.sdk.internal.http.Secrets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a value class, by name. A value class has attributes as its only field, and each setter creates a
 * new value with {@link #with}. A new property is a {@link Key} and two methods; no constructor and no caller changes.
 * Immutable: maps and lists are deeply copied.
 */
public final class Attributes {
    /** No properties. */
    public static final Attributes NONE = new Attributes(Map.of());

    private final Map<String, @Nullable Object> values;

    private Attributes(Map<String, @Nullable Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The name and type of a property.
     *
     * @param name the name of the request field; any other name if it is not sent
     * @param absent the default value
     * @param <T> the type of the value
     */
    public record Key<T extends @Nullable Object>(String name, T absent) {
        /** A property with the default value null. */
        @SuppressWarnings("NullAway") // T is a nullable type here
        public static <T extends @Nullable Object> Key<T> of(String name) {
            return new Key<>(name, null);
        }
    }

    /** The value of a property. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only with() puts it there
    public <T extends @Nullable Object> T get(Key<T> key) {
        return (T) values.getOrDefault(key.name, key.absent);
    }

    /** A copy with a property set; setting the default value removes the property. */
    public <T extends @Nullable Object> Attributes with(Key<T> key, @Nullable T value) {
        return value == null || value.equals(key.absent) ? without(key) : withField(key.name, value);
    }

    /** A copy with a field set, which may be null: for requests in which null differs from an absent field. */
    public Attributes withField(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(name, copy(value));
        return new Attributes(changed);
    }

    /** A copy without these properties. */
    public Attributes without(Key<?>... keys) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        Arrays.asList(keys).forEach(key -> changed.remove(key.name));
        return new Attributes(changed);
    }

    /** The properties that are set, in the order in which they were set. */
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    /** An unmodifiable deep copy of a map or a list; any other value itself. */
    public static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, element) -> copy.put(name, copy(element)));
            return Collections.unmodifiableMap(copy);
        }
        return value instanceof List<?> list
                ? Collections.unmodifiableList(
                        Arrays.asList(list.stream().map(Attributes::copy).toArray()))
                : value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The properties that are set, with {@link Secrets} masked. */
    @Override
    public String toString() {
        return Secrets.maskedFields(values).toString();
    }
}
