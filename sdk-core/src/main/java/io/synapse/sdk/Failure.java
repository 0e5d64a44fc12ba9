package io.synapse.sdk;

import io.synapse.sdk.internal.http.Secrets;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The description of a failed call: the content of every {@link ClientException}. Immutable.
 *
 * <p>Public so that tests of code that uses the SDK can create exceptions: {@code throw new
 * NotFoundException(Failure.of(404, "job x does not exist"))}.
 *
 * @param statusCode the HTTP status: the server's, or the one assigned to the failure (see {@link ClientException})
 * @param message one line, without secrets
 * @param detail the error body of the response: text, or JSON as maps, lists, strings, numbers and booleans; null if
 *     there was no response
 * @param headers the response headers, by case-insensitive name; empty if there was no response
 * @param request method and redacted URL, for instance {@code GET http://agent:8000/jobs/}; null if there was no
 *     request
 * @param attempts the number of attempts
 * @param mayHaveBeenExecuted whether the server may have executed the request although the call failed
 */
public record Failure(
        int statusCode,
        String message,
        @Nullable Object detail,
        Map<String, List<String>> headers,
        @Nullable String request,
        int attempts,
        boolean mayHaveBeenExecuted)
        implements Serializable {
    /** Copies the detail and the headers. */
    public Failure {
        detail = copyOf(detail);
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /** All components, with secrets masked: values of environment variables and of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** A serializable copy of a JSON value: any value that is not serializable is replaced by its text. */
    static @Nullable Object copyOf(@Nullable Object json) {
        if (json instanceof Map<?, ?> object) {
            return copyOf(object);
        }
        if (json instanceof List<?> array) {
            List<@Nullable Object> copy = new ArrayList<>(array.size());
            array.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        return json == null || json instanceof Serializable ? json : json.toString();
    }

    static Map<String, @Nullable Object> copyOf(Map<?, ?> object) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    /** A failure with a status and a message only. */
    public static Failure of(int statusCode, String message) {
        return new Failure(statusCode, message, null, Map.of(), null, 0, false);
    }

    /** The same failure with this number of attempts. */
    public Failure attempts(int number) {
        return new Failure(statusCode, message, detail, headers, request, number, mayHaveBeenExecuted);
    }

    /** The same failure with another message. */
    public Failure message(String text) {
        return new Failure(statusCode, text, detail, headers, request, attempts, mayHaveBeenExecuted);
    }

    /** The same failure with this error body. */
    public Failure detail(@Nullable Object body) {
        return new Failure(statusCode, message, body, headers, request, attempts, mayHaveBeenExecuted);
    }

    /** The same failure with this value of {@link #mayHaveBeenExecuted()}. */
    public Failure mayHaveBeenExecuted(boolean maybe) {
        return new Failure(statusCode, message, detail, headers, request, attempts, maybe);
    }

    /** The first value of a response header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
