package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.Times;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of one type as one of the models that the HTTP client of the gateway reads from JSON, whose fields have
 * the same names: a field without a component, or with a value that is none of its type, is in {@code
 * additionalProperties}. Thread-safe.
 *
 * @param <T> a record with a component {@code additionalProperties}
 */
final class MessageReader<T> {
    /** Our own fields, which are absent from messages of others (wire/gateway.md, section 7). */
    private static final int FIRST_OWN_FIELD = 100;

    private static final String REST = "additionalProperties";

    /** By their models, each of which belongs to one type of message. */
    private static final Map<Class<?>, MessageReader<?>> READERS = new ConcurrentHashMap<>();

    private final Constructor<T> constructor;
    private final List<Component> components = new ArrayList<>();
    private final List<Field> rest;

    /**
     * A field of the message.
     *
     * @param isMap what its descriptor finds out anew each time it is asked
     * @param canBeAbsent whether it is not always there, with a default value at least
     */
    private record Field(FieldDescriptor descriptor, boolean isMap, boolean canBeAbsent) {
        static Field of(FieldDescriptor descriptor) {
            boolean isMap = descriptor.isMapField();
            boolean isSingle = !descriptor.isRepeated();
            boolean isOptional = descriptor.hasPresence() || descriptor.getNumber() >= FIRST_OWN_FIELD;
            return new Field(descriptor, isMap, isMap || isSingle && isOptional);
        }

        String name() {
            return descriptor.getName();
        }

        boolean isIn(Message message) {
            if (!canBeAbsent) {
                return true;
            }
            return isMap ? message.getRepeatedFieldCount(descriptor) > 0 : message.hasField(descriptor);
        }

        Object in(Message message) {
            return message.getField(descriptor);
        }
    }

    /**
     * A component of the model that is read from a field.
     *
     * @param index its place in the constructor
     * @param type its type, not a primitive one
     * @param content reads the message or the messages in it; null if it has none
     */
    private record Component(
            int index, Class<?> type, Field field, @Nullable MessageReader<?> content) {}

    private MessageReader(Class<T> model, Descriptor message) {
        Map<String, Field> fields = new LinkedHashMap<>();
        message.getFields().forEach(field -> fields.put(field.getJsonName(), Field.of(field)));
        RecordComponent[] declared = model.getRecordComponents();
        for (int index = 0; index < declared.length; index++) {
            Field field = fields.remove(declared[index].getName());
            if (field != null) {
                components.add(component(index, declared[index], field));
            } else if (!declared[index].getName().equals(REST)) {
                throw new IllegalArgumentException(message.getFullName() + " has no field for " + declared[index]);
            }
        }
        rest = List.copyOf(fields.values());
        try {
            constructor = model.getConstructor(
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(model + " has to be public", e);
        }
    }

    private static Component component(int index, RecordComponent declared, Field field) {
        Class<?> type = declared.getType() == boolean.class ? Boolean.class : declared.getType();
        FieldDescriptor descriptor = field.descriptor();
        if (field.isMap() || descriptor.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return new Component(index, type, field, null);
        }
        Class<?> model = declared.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : type;
        return new Component(index, type, field, new MessageReader<>(model, descriptor.getMessageType()));
    }

    /** The reader of messages of the type of this one. */
    @SuppressWarnings("unchecked") // each is kept by its own model
    static <T> MessageReader<T> of(Class<T> model, Message message) {
        return (MessageReader<T>)
                READERS.computeIfAbsent(model, any -> new MessageReader<>(model, message.getDescriptorForType()));
    }

    /** A model with the fields of a message: numbers, flags and text also with their default value. */
    T read(Message message) {
        @Nullable Object[] values = new Object[constructor.getParameterCount()];
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        for (Component component : components) {
            Field field = component.field();
            if (field.isIn(message) && !isRead(field.in(message), component, values)) {
                more.put(field.name(), plain(field, field.in(message)));
            }
        }
        putAll(more, rest, message);
        values[values.length - 1] = more;
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + constructor.getDeclaringClass() + " can be made", e);
        }
    }

    /** Puts a value in its place, unless it is none of the component's type. */
    private static boolean isRead(Object value, Component component, @Nullable Object[] values) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return false;
        }
        try {
            values[component.index()] = read(value, component);
            return true;
        } catch (UnreadableJsonException | DateTimeException e) {
            return false;
        }
    }

    private static @Nullable Object read(Object value, Component component) throws UnreadableJsonException {
        MessageReader<?> content = component.content();
        if (content == null) {
            Object plain = plain(component.field(), value);
            if (component.type().isInstance(plain)) {
                return plain;
            }
            return component.type() == Instant.class && plain instanceof String text
                    ? Times.parse(text)
                    : Json.convert(plain, component.type());
        }
        return value instanceof List<?> list
                ? mapped(list, each -> content.read((Message) each))
                : content.read((Message) value);
    }

    private static void putAll(Map<String, @Nullable Object> to, List<Field> fields, Message message) {
        for (Field field : fields) {
            if (field.isIn(message)) {
                to.put(field.name(), plain(field, field.in(message)));
            }
        }
    }

    /** Maps, lists and simple values. */
    private static Object plain(Field field, Object value) {
        if (field.isMap()) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> each = (MapEntry<?, ?>) entry;
                map.put(String.valueOf(each.getKey()), each.getValue());
            }
            return map;
        }
        return value instanceof List<?> list ? mapped(list, MessageReader::plain) : plain(value);
    }

    private static Object plain(Object value) {
        if (value instanceof Message message) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            putAll(fields, fieldsOf(message.getDescriptorForType()), message);
            return fields;
        }
        if (value instanceof ByteString bytes) {
            return bytes.isValidUtf8()
                    ? bytes.toStringUtf8()
                    : Map.of("base64", Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        return value instanceof EnumValueDescriptor constant ? constant.getName() : value;
    }

    private static List<Field> fieldsOf(Descriptor message) {
        return message.getFields().stream().map(Field::of).toList();
    }

    /** Without a stream, which is made for each list of each message. */
    private static List<Object> mapped(List<?> list, Function<Object, Object> how) {
        List<Object> mapped = new ArrayList<>(list.size());
        for (Object each : list) {
            mapped.add(how.apply(each));
        }
        return mapped;
    }
}
