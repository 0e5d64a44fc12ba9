package io.synapse.sdk.internal.value;

import io.synapse.sdk.internal.http.Secrets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a value that a user makes, by name. A value class has one of these as its only field, and each of
 * its methods that change something makes a new value of {@link #with}. A new property is then a {@link Key} and two
 * methods; no constructor and no caller changes. Immutable: maps and lists are copied, those inside them too.
 */
public final class Attributes {
    /** None at all. */
    public static final Attributes NONE = new Attributes(Map.of());

    private final Map<String, @Nullable Object> values;

    private Attributes(Map<String, @Nullable Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The name and type of a property.
     *
     * @param name the field of the request that it is, as the server names it; another name where it is not sent
     * @param absent the value of a property that was not set
     * @param <T> what its values are
     */
    public record Key<T extends @Nullable Object>(String name, T absent) {
        /** A property that is null unless it is set. */
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

    /** The same with a property set; setting it to what it is when absent unsets it. */
    public <T extends @Nullable Object> Attributes with(Key<T> key, @Nullable T value) {
        return value == null || value.equals(key.absent) ? without(key) : withField(key.name, value);
    }

    /** The same with a field set, which may be null: for requests in which null and nothing are different. */
    public Attributes withField(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(name, copy(value));
        return new Attributes(changed);
    }

    /** The same with these properties not set. */
    public Attributes without(Key<?>... keys) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        Arrays.asList(keys).forEach(key -> changed.remove(key.name));
        return new Attributes(changed);
    }

    /** All that is set, in the order in which it was. */
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    /** A copy that cannot be changed of a map or a list and all that is in it; anything else as it is. */
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

    /** All that is set as text, without {@link Secrets}. */
    @Override
    public String toString() {
        return Secrets.maskedFields(values).toString();
    }
}
