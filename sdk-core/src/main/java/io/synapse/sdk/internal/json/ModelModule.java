package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.MapType;
import io.synapse.sdk.OpenEnum;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** How open enums and times are written and read, and that records, lists and maps are read leniently. */
final class ModelModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ModelModule() {
        super("synapse-models");
        addSerializer(OpenEnum.class, new OpenEnumWriter());
        addSerializer(Instant.class, ToStringSerializer.instance);
        addDeserializer(Instant.class, new InstantReader());
        setDeserializerModifier(new LenientReaders());
    }

    private static final class OpenEnumWriter extends JsonSerializer<OpenEnum> {
        @Override
        public void serialize(OpenEnum constant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(constant.value());
        }
    }

    private static final class LenientReaders extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> usual) {
            if (OpenEnum.class.isAssignableFrom(bean.getBeanClass())) {
                return new OpenEnumReader(bean.getBeanClass());
            }
            return bean.getBeanClass().isRecord()
                            && usual instanceof BeanDeserializerBase reader
                            && reader.getValueInstantiator().canCreateFromObjectWith()
                    ? new RecordReader(bean.getType(), reader.getValueInstantiator())
                    : usual;
        }

        @Override
        public JsonDeserializer<?> modifyCollectionDeserializer(
                DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> usual) {
            return holdsAnything(type) || !type.getRawClass().isAssignableFrom(ArrayList.class)
                    ? usual
                    : new ListReader(type);
        }

        @Override
        public JsonDeserializer<?> modifyMapDeserializer(
                DeserializationConfig config, MapType type, BeanDescription bean, JsonDeserializer<?> usual) {
            return holdsAnything(type) || !type.getRawClass().isAssignableFrom(LinkedHashMap.class)
                    ? usual
                    : new MapReader(type);
        }

        /** The library's readers are sufficient here and do not recurse in deep documents. */
        private static boolean holdsAnything(JavaType type) {
            return type.getContentType().isJavaLangObject();
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
                throw new IllegalArgumentException(type + " needs a public constructor that takes its value", e);
            }
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Enum;
        }

        @Override
        @SuppressWarnings("NullAway") // the library returns or throws
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return context.handleUnexpectedToken(handledType(), json);
            }
            try {
                return constructor.invoke(json.getText());
            } catch (Throwable e) {
                return context.handleInstantiationProblem(handledType(), json.getText(), e);
            }
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.DateTime;
        }

        @Override
        @SuppressWarnings("NullAway") // null stands for an absent time
        public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return switch (json.currentToken()) {
                    case VALUE_STRING -> Times.parse(json.getText());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Times.since1970(json.getDoubleValue());
                    default -> (Instant) context.handleUnexpectedToken(Instant.class, json);
                };
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "not a time");
            }
        }
    }
}
