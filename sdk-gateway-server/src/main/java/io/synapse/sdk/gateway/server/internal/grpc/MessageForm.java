package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.synapse.sdk.gateway.server.internal.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes messages of fields, which have the same names as in JSON. Fields that a message has not are left out. */
final class MessageForm {
    private MessageForm() {}

    /** A message of the type of this one. */
    static Message of(Message type, Map<String, @Nullable Object> fields) {
        Message.Builder message = type.newBuilderForType();
        for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
            Object value = fields.get(field.getName());
            if (value != null) {
                set(message, field, value);
            }
        }
        return message.build();
    }

    private static void set(Message.Builder message, FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Json.object(value)
                    .forEach((name, each) -> message.addRepeatedField(field, entry(message, field, name, each)));
        } else if (field.isRepeated()) {
            if (value instanceof List<?> list) {
                list.forEach(each -> message.addRepeatedField(field, value(message, field, each)));
            }
        } else {
            message.setField(field, value(message, field, value));
        }
    }

    private static Message entry(Message.Builder message, FieldDescriptor field, String name, @Nullable Object value) {
        Message.Builder entry = message.newBuilderForField(field);
        entry.setField(entry.getDescriptorForType().findFieldByName("key"), name);
        entry.setField(entry.getDescriptorForType().findFieldByName("value"), String.valueOf(value));
        return entry.build();
    }

    private static Object value(Message.Builder message, FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of(message.newBuilderForField(field).build(), Json.object(value));
            case INT -> ((Number) value).intValue();
            case LONG -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case FLOAT -> ((Number) value).floatValue();
            case STRING -> String.valueOf(value);
            case BOOLEAN, BYTE_STRING, ENUM -> value;
        };
    }
}
