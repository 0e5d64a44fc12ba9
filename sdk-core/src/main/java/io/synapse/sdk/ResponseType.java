package io.synapse.sdk;

import io.synapse.sdk.internal.json.Types;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        /** Bytes, written to a file. */
        FILE,
        /** Ignored: the body is not read. */
        NOTHING
    }

    private final Type type;
    private final Form form;
    private final @Nullable Path file;

    private ResponseType(Type type, Form form) {
        this(type, form, null);
    }

    private ResponseType(Type type, Form form, @Nullable Path file) {
        this.type = type;
        this.form = form;
        this.file = file;
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

    /**
     * Bytes of any media type but that of a web page, written to a file, which is the result. They are written beside
     * the file first, so that it has what it had before or the whole body, also when the process ends meanwhile. A call fails
     * with a {@link BadRequestException} when they cannot be written, and is not made again then.
     *
     * @param target the file, which is replaced if there is one
     * @throws BadRequestException when the target is a folder, or its folder does not exist
     */
    public static ResponseType<Path> file(Path target) {
        Path file = target.toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw BadRequestException.refused(target + " is a folder");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw BadRequestException.refused("there is no folder " + folder);
        }
        return new ResponseType<>(Path.class, Form.FILE, target);
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

    /** The file that the body is written to; empty for other forms than {@link Form#FILE}. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    @Override
    public String toString() {
        return form == Form.JSON ? type.getTypeName() : form.name();
    }
}
