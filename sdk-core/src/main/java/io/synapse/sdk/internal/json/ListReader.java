package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.synapse.sdk.internal.json.LenientReader.SetAside;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list without elements that are null or of the wrong type: these are set aside, as a list. */
final class ListReader extends StdDeserializer<List<@Nullable Object>> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final JavaType type;
    private final transient @Nullable LenientReader elements;

    ListReader(JavaType type) {
        this(type, null);
    }

    private ListReader(JavaType type, @Nullable LenientReader elements) {
        super(type);
        this.type = type;
        this.elements = elements;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        return new ListReader(type, LenientReader.ofContent(type.getContentType(), context));
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the library makes it contextual first, and returns or throws
    public List<@Nullable Object> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return (List<Object>) context.handleUnexpectedToken(type, json);
        }
        List<@Nullable Object> list = new ArrayList<>();
        List<@Nullable Object> rejected = null;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object element = elements.read(json, context);
            SetAside setAside = LenientReader.takeSetAside(context);
            if (element != null || elements.takesNull()) {
                list.add(element);
            }
            if (setAside != null || element == null && !elements.takesNull()) {
                rejected = rejected == null ? new ArrayList<>() : rejected;
                rejected.add(setAside == null ? null : setAside.value());
            }
        }
        if (rejected != null && json.getParsingContext().inRoot()) {
            LenientReader.logOmitted(rejected.size() + " elements", List.class);
        } else if (rejected != null) {
            LenientReader.setAside(context, rejected);
        }
        return list;
    }
}
