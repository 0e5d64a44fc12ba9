package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.synapse.sdk.internal.json.LenientReader.SetAside;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map in the order of the document, without values that are null or of the wrong type: these are set aside, as
 * a map.
 */
final class MapReader extends StdDeserializer<Map<Object, @Nullable Object>> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final JavaType type;
    private final transient @Nullable KeyDeserializer keys;
    private final transient @Nullable LenientReader values;

    MapReader(JavaType type) {
        this(type, null, null);
    }

    private MapReader(JavaType type, @Nullable KeyDeserializer keys, @Nullable LenientReader values) {
        super(type);
        this.type = type;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        KeyDeserializer keyReader = type.getKeyType().hasRawClass(String.class)
                ? null
                : context.findKeyDeserializer(type.getKeyType(), property);
        return new MapReader(type, keyReader, LenientReader.ofContent(type.getContentType(), context));
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the library makes it contextual first, and returns or throws
    public Map<Object, @Nullable Object> deserialize(JsonParser json, DeserializationContext context)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return (Map<Object, Object>) context.handleUnexpectedToken(type, json);
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        Map<String, @Nullable Object> rejected = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            Object value = values.read(json, context);
            SetAside setAside = LenientReader.takeSetAside(context);
            if (value != null || values.takesNull()) {
                map.put(keys == null ? name : keys.deserializeKey(name, context), value);
            }
            if (setAside != null || value == null && !values.takesNull()) {
                rejected = rejected == null ? new LinkedHashMap<>() : rejected;
                rejected.put(name, setAside == null ? null : setAside.value());
            }
        }
        if (rejected != null && json.getParsingContext().inRoot()) {
            LenientReader.logOmitted(rejected.size() + " values", Map.class);
        } else if (rejected != null) {
            LenientReader.setAside(context, rejected);
        }
        return map;
    }
}
