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
 * What is known of a call that failed: the content of every {@link ClientException}. Immutable.
 *
 * <p>Public so that tests of code that uses the SDK can make the exceptions they need:
 * {@code throw new NotFoundException(Failure.of(404, "job x does not exist"))}.
 *
 * @param statusCode the HTTP status: the server's, or the one that stands for the failure (see {@link ClientException})
 * @param message one line that a person can act on, without secrets
 * @param detail what the server said, in full: text, or JSON as maps, lists, strings, numbers and booleans; null when
 *     there was no answer
 * @param headers the answer's headers by name in any case; empty when there was no answer
 * @param request method and redacted URL, for instance {@code GET http://agent:8000/jobs/}; null when nothing was to be
 *     sent
 * @param attempts how many times the request was tried
 * @param mayHaveBeenExecuted whether the server may have acted on the request although the call failed
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
    /** Keeps copies: of the detail, and of the headers, whose names are found in any case. */
    public Failure {
        detail = copyOf(detail);
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /** All of it but secrets: the values of environment variables, of secret names, and tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** A copy of JSON as maps, lists and simple values; of anything else its text, unless it is serializable. */
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

    /** A failure of which no more is known than a status and a sentence. */
    public static Failure of(int statusCode, String message) {
        return new Failure(statusCode, message, null, Map.of(), null, 0, false);
    }

    /** The same failure after so many attempts. */
    public Failure attempts(int number) {
        return new Failure(statusCode, message, detail, headers, request, number, mayHaveBeenExecuted);
    }

    /** The same failure with other words. */
    public Failure message(String words) {
        return new Failure(statusCode, words, detail, headers, request, attempts, mayHaveBeenExecuted);
    }

    /** The same failure with what the server said. */
    public Failure detail(@Nullable Object said) {
        return new Failure(statusCode, message, said, headers, request, attempts, mayHaveBeenExecuted);
    }

    /** The same failure, where the server may (or cannot) have acted. */
    public Failure mayHaveBeenExecuted(boolean maybe) {
        return new Failure(statusCode, message, detail, headers, request, attempts, maybe);
    }

    /** The first value of a header of the answer. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
