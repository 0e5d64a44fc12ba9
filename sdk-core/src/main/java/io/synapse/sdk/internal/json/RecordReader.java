package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.TypeWrappedDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.synapse.sdk.Page;
import io.synapse.sdk.internal.json.LenientReader.SetAside;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record. Unknown fields are put into its component {@code additionalProperties}, if it has one. So are values
 * of the wrong type, whose component is then null, empty or 0.
 */
final class RecordReader extends StdDeserializer<Object> implements ResolvableDeserializer {
    static final String REST = "additionalProperties";

    private static final long serialVersionUID = 1L;

    private final transient ValueInstantiator instantiator;
    private final transient Map<String, Integer> components = new HashMap<>();
    private transient @Nullable LenientReader[] readers = new LenientReader[0];
    private transient @Nullable LenientReader anything;
    private int rest = -1;

    RecordReader(JavaType type, ValueInstantiator instantiator) {
        super(type);
        this.instantiator = instantiator;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public void resolve(DeserializationContext context) throws JsonMappingException {
        RecordComponent[] declared = handledType().getRecordComponents();
        SettableBeanProperty[] properties = instantiator.getFromObjectArguments(context.getConfig());
        readers = new LenientReader[properties.length];
        anything = LenientReader.ofContent(TypeFactory.unknownType(), context);
        for (SettableBeanProperty property : properties) {
            int index = property.getCreatorIndex();
            if (declared[index].getName().equals(REST) && property.getType().isMapLikeType()) {
                rest = index;
            } else {
                components.put(property.getName(), index);
                readers[index] = readerOf(property, context);
            }
        }
    }

    private static LenientReader readerOf(SettableBeanProperty property, DeserializationContext context)
            throws JsonMappingException {
        JsonDeserializer<Object> reader = property.hasValueDeserializer()
                ? property.getValueDeserializer()
                : context.findContextualValueDeserializer(property.getType(), property);
        TypeDeserializer subtypes = property.getValueTypeDeserializer();
        return new LenientReader(
                subtypes == null ? reader : new TypeWrappedDeserializer(subtypes.forProperty(property), reader));
    }

    @Override
    @SuppressWarnings("NullAway") // the library resolves it first, and returns or throws
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return context.handleUnexpectedToken(getValueType(context), json);
        }
        @Nullable Object[] values = new Object[readers.length];
        Map<String, @Nullable Object> more = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            Integer index = components.get(name);
            if (index != null) {
                LenientReader reader = readers[index];
                Object value = reader.read(json, context);
                values[index] = value;
                SetAside rejected = value == null || reader.readsInParts() ? LenientReader.takeSetAside(context) : null;
                if (rejected != null) {
                    more = keep(name, value, rejected, more, context);
                }
            } else if (rest >= 0) {
                more = more == null ? new LinkedHashMap<>() : more;
                more.put(name, anything.read(json, context));
            } else {
                json.skipChildren();
            }
        }
        for (int index = 0; index < values.length; index++) {
            if (values[index] == null) {
                values[index] =
                        index == rest ? Objects.requireNonNullElse(more, Map.of()) : readers[index].nullValue(context);
            }
        }
        return instantiator.createFromObjectWith(context, values);
    }

    private @Nullable Map<String, @Nullable Object> keep(
            String name,
            @Nullable Object read,
            SetAside rejected,
            @Nullable Map<String, @Nullable Object> more,
            DeserializationContext context)
            throws JsonMappingException {
        if (handledType() == Page.class
                && read == null) { // without its link or list it would be taken for the last one
            context.reportInputMismatch(this, "the field %s of a page is not what it should be", name);
        }
        if (rest < 0) {
            LenientReader.logOmitted("the field " + name, handledType());
            return more;
        }
        Map<String, @Nullable Object> kept = more == null ? new LinkedHashMap<>() : more;
        kept.put(name, rejected.value());
        return kept;
    }
}
