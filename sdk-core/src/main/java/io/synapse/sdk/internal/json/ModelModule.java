package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.synapse.sdk.OpenEnum;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How open enums and times are written and read. */
final class ModelModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ModelModule() {
        super("synapse-models");
        addSerializer(OpenEnum.class, new OpenEnumWriter());
        addSerializer(Instant.class, ToStringSerializer.instance);
        addDeserializer(Instant.class, new InstantReader());
        setDeserializerModifier(new OpenEnumReaders());
    }

    private static final class OpenEnumWriter extends JsonSerializer<OpenEnum> {
        @Override
        public void serialize(OpenEnum word, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(word.value());
        }
    }

    private static final class OpenEnumReaders extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> usual) {
            return OpenEnum.class.isAssignableFrom(bean.getBeanClass())
                    ? new OpenEnumReader(bean.getBeanClass())
                    : usual;
        }
    }

    private static final class OpenEnumReader extends StdDeserializer<Object> {
        private static final long serialVersionUID = 1L;

        private final transient MethodHandle constructor;

        OpenEnumReader(Class<?> type) {
            super(type);
            try {
                constructor = MethodHandles.publicLookup()
                        .findConstructor(type, MethodType.methodType(void.class, String.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(type + " needs a public constructor that takes its word", e);
            }
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return constructor.invoke(json.getValueAsString());
            } catch (Throwable e) {
                throw new IOException("not a " + handledType().getSimpleName() + ": " + json.getText(), e);
            }
        }
    }

    /**
     * Servers write a time as milliseconds or seconds since 1970 (integer or with a fraction, a number or the text of
     * one), or as ISO 8601 text; a 0 stands for "not yet" (wire/ray.md, section 1). As seconds, 10^11 is the year 5138;
     * as milliseconds, 1973.
     */
    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;
        private static final double LEAST_MILLISECONDS = 1e11;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        @SuppressWarnings("NullAway") // null is how an absent time is said here
        public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return parse(json.getText().strip(), context);
            }
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= LEAST_MILLISECONDS) {
                return Instant.ofEpochMilli(json.getLongValue());
            }
            return since1970(json.getDoubleValue());
        }

        @SuppressWarnings("NullAway")
        private static @Nullable Instant since1970(double number) {
            if (number == 0) {
                return null;
            }
            double milliseconds = number >= LEAST_MILLISECONDS ? number : number * 1000;
            return Instant.ofEpochSecond(0, Math.round(milliseconds * 1000) * 1000);
        }

        @SuppressWarnings("NullAway")
        private @Nullable Instant parse(String text, DeserializationContext context) throws IOException {
            if (text.isEmpty()) {
                return null;
            }
            if (text.matches("\\d+(\\.\\d+)?")) {
                return since1970(Double.parseDouble(text));
            }
            try {
                return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                        ? OffsetDateTime.parse(text).toInstant()
                        : Instant.parse(text + "Z");
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time in ISO 8601");
            }
        }
    }
}
