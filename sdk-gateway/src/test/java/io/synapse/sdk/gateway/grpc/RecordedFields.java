package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.synapse.sdk.OpenEnum;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares each field of a recorded message with what the client made of it, without the client's own reader. */
final class RecordedFields {
    private static final int FIRST_OWN_FIELD = 100;

    private RecordedFields() {}

    /** Fails if a field of the message differs from the component of its name, or is missing. */
    static void assertSame(Message recorded, Object answer) {
        if (answer instanceof OpenEnum constant) { // of the standard health protocol: its only field
            FieldDescriptor status = recorded.getDescriptorForType().findFieldByName("status");
            assertThat(constant.value()).isEqualTo(((EnumValueDescriptor) recorded.getField(status)).getName());
            return;
        }
        for (FieldDescriptor field : recorded.getDescriptorForType().getFields()) {
            Object actual = component(answer, field.getName());
            if (field.getNumber() < FIRST_OWN_FIELD && !field.isMapField()) {
                assertSame(field, recorded.getField(field), actual);
            } else if (!field.isMapField() && !field.getName().equals("final")) {
                assertThat(actual).as(field.getFullName()).isNull(); // the original has none of these
            }
        }
    }

    private static void assertSame(FieldDescriptor field, Object recorded, @Nullable Object actual) {
        if (recorded instanceof List<?> list) {
            List<?> actuals = (List<?>) actual;
            assertThat(actuals).as(field.getFullName()).hasSize(list.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(field, list.get(i), actuals.get(i));
            }
        } else if (recorded instanceof Message message && actual != null) {
            assertSame(message, actual);
        } else {
            assertThat(actual).as(field.getFullName()).isEqualTo(expected(recorded, actual));
        }
    }

    private static @Nullable Object expected(Object recorded, @Nullable Object actual) {
        if (recorded instanceof EnumValueDescriptor constant) {
            return actual instanceof OpenEnum same && same.value().equals(constant.getName()) ? actual : constant;
        }
        if (recorded instanceof ByteString bytes) {
            return bytes.toStringUtf8();
        }
        if (actual instanceof Instant) {
            return recorded instanceof Long millis
                    ? Instant.ofEpochMilli(millis)
                    : LocalDateTime.parse((String) recorded).toInstant(ZoneOffset.UTC);
        }
        if (actual instanceof OpenEnum same) {
            return same.value().equals(recorded) ? actual : recorded;
        }
        return actual == null && recorded.equals("") ? null : recorded; // no time: a command was refused
    }

    /** The component of a field, or what stands for it among the other properties. */
    private static @Nullable Object component(Object answer, String field) {
        try {
            for (RecordComponent each : answer.getClass().getRecordComponents()) {
                if (each.getName().replace("_", "").equalsIgnoreCase(field.replace("_", ""))) {
                    return each.getAccessor().invoke(answer);
                }
            }
            return Arrays.stream(answer.getClass().getRecordComponents())
                            .anyMatch(each -> each.getName().equals("additionalProperties"))
                    ? ((Map<?, ?>) answer.getClass()
                                    .getMethod("additionalProperties")
                                    .invoke(answer))
                            .get(field)
                    : null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(field, e);
        }
    }
}
