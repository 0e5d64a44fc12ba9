package io.synapse.sdk.experiments.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that cannot be done, as its caller is told (wire/experiments.md, section 1). */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Object detail;

    private Failure(int status, String message, Object detail, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.detail = detail;
    }

    /** With an object of type, title, status and detail: the form of most paths. */
    public static Failure of(int status, String title, String sentence) {
        return new Failure(
                status,
                sentence,
                Map.of("type", "about:blank", "title", title, "status", status, "detail", sentence),
                null);
    }

    /** With further fields beside type, title, status and detail. */
    public static Failure of(int status, String title, String sentence, Map<String, ?> more) {
        Map<String, Object> detail = new LinkedHashMap<>(more);
        detail.put("type", "about:blank");
        detail.put("title", title);
        detail.put("status", status);
        detail.put("detail", sentence);
        return new Failure(status, sentence, detail, null);
    }

    /** 404. */
    public static Failure notFound(String sentence) {
        return of(404, "Not Found", sentence);
    }

    /** 400. */
    public static Failure badRequest(String sentence) {
        return of(400, "Bad Request", sentence);
    }

    /** 409: the state of what is asked for does not allow it. */
    public static Failure conflict(String sentence) {
        return of(409, "Conflict", sentence);
    }

    /** With a sentence only: the form of configs, metrics, components and analysis. */
    public static Failure plain(int status, String sentence) {
        return new Failure(status, sentence, sentence, null);
    }

    /**
     * 422: a field that is missing or has another type.
     *
     * @param type of the error, for instance {@code missing}
     * @param location where it is: {@code body} or {@code query}, then names
     */
    public static Failure invalid(String type, List<String> location, String message) {
        return new Failure(
                422,
                String.join(".", location) + ": " + message,
                List.of(Map.of("type", type, "loc", location, "msg", message)),
                null);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is under {@code detail} in the answer. */
    public Object detail() {
        return detail;
    }
}
