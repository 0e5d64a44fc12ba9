package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.databind.type.TypeFactory;
import io.synapse.sdk.Page;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;

/** Generic types that {@link Json} can read. */
public final class Types {
    private static final TypeFactory FACTORY = TypeFactory.defaultInstance();

    private Types() {}

    /** {@code List<element>}. */
    public static Type listOf(Class<?> element) {
        return FACTORY.constructCollectionType(List.class, element);
    }

    /** {@code Map<String, value>} in the order of the document. */
    public static Type mapOf(Class<?> value) {
        return FACTORY.constructMapType(LinkedHashMap.class, String.class, value);
    }

    /** {@code List<Map<String, Object>>}, each map in the order of the document. */
    public static Type listOfObjects() {
        return FACTORY.constructCollectionType(
                List.class, FACTORY.constructMapType(LinkedHashMap.class, String.class, Object.class));
    }

    /** {@code Page<element>}. */
    public static Type pageOf(Class<?> element) {
        return FACTORY.constructParametricType(Page.class, element);
    }
}
