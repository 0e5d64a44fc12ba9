package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.synapse.sdk.Models;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages as the models that the HTTP client of the gateway reads from JSON, whose fields have the same names. */
final class MessageFields {
    /** Our own fields, which are absent from messages of others (wire/gateway.md, section 7). */
    private static final int FIRST_OWN_FIELD = 100;

    private MessageFields() {}

    /** A model with the fields of a message. */
    static <T> T read(Message message, Class<T> model) {
        return Models.of(model, of(message));
    }

    /** The fields by name: numbers, flags and text also with their default value, the others only when they are set. */
    static Map<String, @Nullable Object> of(Message message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (isPresent(message, field)) {
                fields.put(field.getName(), value(field, message.getField(field)));
            }
        }
        return fields;
    }

    private static boolean isPresent(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            return !field.isMapField() || message.getRepeatedFieldCount(field) > 0;
        }
        return field.hasPresence() || field.getNumber() >= FIRST_OWN_FIELD ? message.hasField(field) : true;
    }

    private static @Nullable Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> each = (MapEntry<?, ?>) entry;
                map.put(String.valueOf(each.getKey()), each.getValue());
            }
            return map;
        }
        return value instanceof List<?> list
                ? list.stream().map(MessageFields::value).toList()
                : value(value);
    }

    private static @Nullable Object value(Object value) {
        if (value instanceof Message message) {
            return of(message);
        }
        if (value instanceof ByteString bytes) {
            return bytes.isValidUtf8()
                    ? bytes.toStringUtf8()
                    : Map.of("base64", Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        return value instanceof EnumValueDescriptor constant ? constant.getName() : value;
    }
}
