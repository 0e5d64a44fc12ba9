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
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.regex.Pattern;
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

    /**
     * Servers write a time as milliseconds or seconds since 1970 (integer or with a fraction, a number or the text of
     * one), or as ISO 8601 text: with a T or a space, with or without an offset; UTC if there is none. 0 means "not
     * yet" (wire/ray.md, section 1). As seconds, 10^11 is the year 5138; as milliseconds, 1973. Times after the year
     * 9999 are rejected.
     */
    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;
        private static final double LEAST_MILLISECONDS = 1e11;
        private static final double MOST_MILLISECONDS = 253_402_300_799_999.0;
        private static final int ISO_DATE_LENGTH = "2026-01-31".length();
        private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
        private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendPattern("['T'][ ]")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendPattern("[ ][XXX][XX][X][ ]['UTC']['GMT']")
                .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                .toFormatter(Locale.ROOT);

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
            return switch (json.currentToken()) {
                case VALUE_STRING -> parse(json.getText().strip(), context);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> since1970(json.getDoubleValue(), context);
                default -> (Instant) context.handleUnexpectedToken(Instant.class, json);
            };
        }

        @SuppressWarnings("NullAway")
        private static @Nullable Instant since1970(double number, DeserializationContext context) throws IOException {
            if (number == 0) {
                return null;
            }
            double milliseconds = number >= LEAST_MILLISECONDS ? number : number * 1000;
            if (!(Math.abs(milliseconds) <= MOST_MILLISECONDS)) {
                return (Instant) context.handleWeirdNumberValue(Instant.class, number, "not a time");
            }
            return Instant.ofEpochSecond(0, Math.round(milliseconds * 1000) * 1000);
        }

        @SuppressWarnings("NullAway")
        private static @Nullable Instant parse(String text, DeserializationContext context) throws IOException {
            if (text.isEmpty()) {
                return null;
            }
            if (NUMBER.matcher(text).matches()) {
                return since1970(Double.parseDouble(text), context);
            }
            try {
                String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
                return isLocal(local)
                        ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC) // as most servers write it: faster
                        : TEXT.parse(text, OffsetDateTime::from).toInstant();
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time in ISO 8601");
            }
        }

        /** Whether it can be nothing but a date and a time with a T between them. */
        private static boolean isLocal(String text) {
            int t = ISO_DATE_LENGTH;
            return text.length() > t
                    && text.charAt(t) == 'T'
                    && Character.isDigit(text.charAt(text.length() - 1))
                    && text.indexOf('+', t) < 0
                    && text.indexOf('-', t) < 0;
        }
    }
}
