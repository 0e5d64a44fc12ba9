package io.synapse.sdk;

import io.synapse.sdk.internal.json.Types;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a response body. Immutable.
 *
 * @param <T> the type of the result
 */
public final class ResponseType<T extends @Nullable Object> {
    private static final ResponseType<String> TEXT = new ResponseType<>(String.class, Form.TEXT);
    private static final ResponseType<byte[]> BYTES = new ResponseType<>(byte[].class, Form.BYTES);
    private static final ResponseType<@Nullable Void> NOTHING = new ResponseType<>(Void.class, Form.NOTHING);
    private static final ResponseType<Map<String, @Nullable Object>> OBJECT =
            new ResponseType<>(Types.mapOf(Object.class), Form.JSON);
    private static final ResponseType<List<Map<String, @Nullable Object>>> OBJECTS =
            new ResponseType<>(Types.listOfObjects(), Form.JSON);

    /** The format of the body. */
    public enum Form {
        /** A JSON document. */
        JSON,
        /** Text. */
        TEXT,
        /** Bytes, held in memory. */
        BYTES,
        /** Ignored: the body is not read. */
        NOTHING
    }

    private final Type type;
    private final Form form;

    private ResponseType(Type type, Form form) {
        this.type = type;
        this.form = form;
    }

    /** A JSON document of this class: a record, a map or a simple value. */
    public static <T> ResponseType<T> of(Class<T> type) {
        return new ResponseType<>(type, Form.JSON);
    }

    /** A JSON array. */
    public static <T> ResponseType<List<T>> listOf(Class<T> element) {
        return new ResponseType<>(Types.listOf(element), Form.JSON);
    }

    /** A page of a list. */
    public static <T> ResponseType<Page<T>> pageOf(Class<T> element) {
        return new ResponseType<>(Types.pageOf(element), Form.JSON);
    }

    /** A JSON object as a map, in the order of the document. */
    public static ResponseType<Map<String, @Nullable Object>> object() {
        return OBJECT;
    }

    /** A JSON array of objects, each as {@link #object()}. */
    public static ResponseType<List<Map<String, @Nullable Object>>> objects() {
        return OBJECTS;
    }

    /** Text. */
    public static ResponseType<String> text() {
        return TEXT;
    }

    /** Bytes of any media type but that of a web page, all in memory. */
    public static ResponseType<byte[]> bytes() {
        return BYTES;
    }

    /** No result: the body is not read. */
    public static ResponseType<@Nullable Void> nothing() {
        return NOTHING;
    }

    /** The Java type of the result. */
    public Type type() {
        return type;
    }

    /** The format of the body. */
    public Form form() {
        return form;
    }

    @Override
    public String toString() {
        return form == Form.JSON ? type.getTypeName() : form.name();
    }
}
