package io.synapse.sdk;

import io.synapse.sdk.internal.json.Types;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read the body of an answer. Immutable.
 *
 * @param <T> what it becomes
 */
public final class ResponseType<T extends @Nullable Object> {
    private static final ResponseType<String> TEXT = new ResponseType<>(String.class, Form.TEXT);
    private static final ResponseType<@Nullable Void> NOTHING = new ResponseType<>(Void.class, Form.NOTHING);
    private static final ResponseType<Map<String, @Nullable Object>> OBJECT =
            new ResponseType<>(Types.mapOf(Object.class), Form.JSON);
    private static final ResponseType<List<Map<String, @Nullable Object>>> OBJECTS =
            new ResponseType<>(Types.listOfObjects(), Form.JSON);

    /** What the body is, before it is turned into a value. */
    public enum Form {
        /** A JSON document. */
        JSON,
        /** Text as it is. */
        TEXT,
        /** Of no interest: not read. */
        NOTHING
    }

    private final Type type;
    private final Form form;

    private ResponseType(Type type, Form form) {
        this.type = type;
        this.form = form;
    }

    /** A JSON document that becomes an instance of a class: a record, a collection of maps, a simple value. */
    public static <T> ResponseType<T> of(Class<T> type) {
        return new ResponseType<>(type, Form.JSON);
    }

    /** A JSON array. */
    public static <T> ResponseType<List<T>> listOf(Class<T> element) {
        return new ResponseType<>(Types.listOf(element), Form.JSON);
    }

    /** A page of a longer list. */
    public static <T> ResponseType<Page<T>> pageOf(Class<T> element) {
        return new ResponseType<>(Types.pageOf(element), Form.JSON);
    }

    /** A JSON object of no particular type, as a map in the order the server wrote it. */
    public static ResponseType<Map<String, @Nullable Object>> object() {
        return OBJECT;
    }

    /** A JSON array of objects of no particular type, as of {@link #object()}. */
    public static ResponseType<List<Map<String, @Nullable Object>>> objects() {
        return OBJECTS;
    }

    /** Text, whatever it means. */
    public static ResponseType<String> text() {
        return TEXT;
    }

    /** No result: the body is not read. */
    public static ResponseType<@Nullable Void> nothing() {
        return NOTHING;
    }

    /** The Java type that the body becomes. */
    public Type type() {
        return type;
    }

    /** What the body is. */
    public Form form() {
        return form;
    }

    @Override
    public String toString() {
        return form == Form.JSON ? type.getTypeName() : form.name();
    }
}
