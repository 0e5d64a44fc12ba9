package io.synapse.sdk.internal.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and adds to the component {@code additionalProperties} of models, whatever their type. */
public final class AdditionalProperties {
    /** Where the component is; -1 for none. The JVM makes the components anew each time it is asked, in 10 µs and more. */
    private static final ClassValue<Integer> INDEXES = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return index(type);
        }
    };

    private AdditionalProperties() {}

    /** Whether a type is a public record with that component. */
    public static boolean isIn(Class<?> type) {
        return INDEXES.get(type) >= 0 && Modifier.isPublic(type.getModifiers());
    }

    /** The additional properties of a model; empty if it has none. */
    public static Map<String, @Nullable Object> of(Object model) {
        int index = INDEXES.get(model.getClass());
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (isIn(model.getClass()) && value(model, index) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> properties.put(String.valueOf(name), value));
        }
        return properties;
    }

    /** A copy of a model with more of them; empty if it is no public record with that component. */
    public static Optional<Object> with(Object model, Map<String, @Nullable Object> more) {
        Class<?> type = model.getClass();
        int index = INDEXES.get(type);
        if (!isIn(type)) {
            return Optional.empty();
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int each = 0; each < values.length; each++) {
            values[each] = value(model, each);
        }
        Map<String, @Nullable Object> properties = of(model);
        properties.putAll(more);
        values[index] = properties;
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return Optional.of(canonical.newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record cannot be read, since its package is not exported: " + type, e);
        }
    }

    private static int index(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        for (int index = 0; index < components.length; index++) {
            boolean named = components[index].getName().equals(RecordReader.REST);
            if (named && components[index].getType() == Map.class) {
                return index;
            }
        }
        return -1;
    }

    private static @Nullable Object value(Object model, int index) {
        try {
            return model.getClass().getRecordComponents()[index].getAccessor().invoke(model);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the record cannot be read, since its package is not exported: " + model.getClass(), e);
        }
    }
}
