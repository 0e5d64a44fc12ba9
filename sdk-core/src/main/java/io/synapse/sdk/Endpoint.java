package io.synapse.sdk;

import io.synapse.sdk.internal.operation.Confirmed;
import io.synapse.sdk.internal.operation.Paths;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and how to read its answer, as a value: method, path, query, headers, body. The escape hatch for what
 * the SDK does not know yet, and what every operation of the SDK is made of:
 *
 * <pre>{@code
 * Thing thing = client.perform(Endpoint.get("new/thing/", Thing.class));
 * }</pre>
 *
 * <p>Immutable; every method that changes something returns a new endpoint.
 *
 * @param <T> what the answer becomes
 */
public final class Endpoint<T extends @Nullable Object> implements Operation<T> {
    private final HttpMethod method;
    private final String target;
    private final ResponseType<T> responseType;
    private final List<Map.Entry<String, String>> query;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable RequestContent content;
    private final @Nullable Duration callTimeout;
    private final @Nullable Duration readTimeout;

    private Endpoint(
            HttpMethod method,
            String target,
            ResponseType<T> responseType,
            List<Map.Entry<String, String>> query,
            List<Map.Entry<String, String>> headers,
            @Nullable RequestContent content,
            @Nullable Duration callTimeout,
            @Nullable Duration readTimeout) {
        this.method = Objects.requireNonNull(method, "method");
        this.target = Objects.requireNonNull(target, "path");
        this.responseType = Objects.requireNonNull(responseType, "response type");
        this.query = List.copyOf(query);
        this.headers = List.copyOf(headers);
        this.content = content;
        this.callTimeout = callTimeout;
        this.readTimeout = readTimeout;
    }

    /**
     * A request of any method.
     *
     * @param path relative to the client's base URL, percent-encoded, sent as it is; {@link #path} makes one of free
     *     text
     */
    public static <T extends @Nullable Object> Endpoint<T> of(
            HttpMethod method, String path, ResponseType<T> responseType) {
        return new Endpoint<>(method, path, responseType, List.of(), List.of(), null, null, null);
    }

    /** A GET whose JSON answer becomes an instance of the class. */
    public static <T> Endpoint<T> get(String path, Class<T> responseType) {
        return get(path, ResponseType.of(responseType));
    }

    /** A GET. */
    public static <T extends @Nullable Object> Endpoint<T> get(String path, ResponseType<T> responseType) {
        return of(HttpMethod.GET, path, responseType);
    }

    /** A POST without a body whose JSON answer becomes an instance of the class. */
    public static <T> Endpoint<T> post(String path, Class<T> responseType) {
        return post(path, ResponseType.of(responseType));
    }

    /** A POST without a body; {@link #json} and {@link #multipart} add one. */
    public static <T extends @Nullable Object> Endpoint<T> post(String path, ResponseType<T> responseType) {
        return of(HttpMethod.POST, path, responseType);
    }

    /** A PATCH whose JSON answer becomes an instance of the class; {@link #json} adds the body. */
    public static <T> Endpoint<T> patch(String path, Class<T> responseType) {
        return of(HttpMethod.PATCH, path, ResponseType.of(responseType));
    }

    /** A DELETE whose answer is of no interest. */
    public static Endpoint<@Nullable Void> delete(String path) {
        return of(HttpMethod.DELETE, path, ResponseType.nothing());
    }

    /** A PUT without a body; {@link #json} and {@link #file} add one. */
    public static <T extends @Nullable Object> Endpoint<T> put(String path, ResponseType<T> responseType) {
        return of(HttpMethod.PUT, path, responseType);
    }

    /**
     * A path with free text in it, percent-encoded: {@code path("serve_applications/{}/", "my app")} gives
     * {@code serve_applications/my%20app/}. A segment keeps {@code @} and the other characters that RFC 3986 allows
     * there.
     *
     * @throws IllegalArgumentException when a segment is empty, "." or "..", or when there are more or fewer segments
     *     than places
     */
    public static String path(String template, Object... segments) {
        return Paths.fill(template, segments);
    }

    /** The same request with one more query parameter. A name may be given several times. */
    public Endpoint<T> query(String name, Object value) {
        return new Endpoint<>(
                method,
                target,
                responseType,
                plus(query, name, value.toString()),
                headers,
                content,
                callTimeout,
                readTimeout);
    }

    /** The same request with one more header. It takes the place of the client's own of that name. */
    public Endpoint<T> header(String name, String value) {
        return new Endpoint<>(
                method, target, responseType, query, plus(headers, name, value), content, callTimeout, readTimeout);
    }

    /**
     * The same request with a JSON body.
     *
     * @param value a record, map, list or simple value; it is written when the request is sent
     */
    public Endpoint<T> json(Object value) {
        return new Endpoint<>(
                method, target, responseType, query, headers, new RequestContent.Json(value), callTimeout, readTimeout);
    }

    /** The same request with a multipart body. */
    public Endpoint<T> multipart(RequestContent.Multipart form) {
        return new Endpoint<>(method, target, responseType, query, headers, form, callTimeout, readTimeout);
    }

    /** The same request with the bytes of a file as its body. */
    public Endpoint<T> file(Path file) {
        RequestContent bytes = new RequestContent.Bytes(file);
        return new Endpoint<>(method, target, responseType, query, headers, bytes, callTimeout, readTimeout);
    }

    /**
     * The same request with a total time of its own in place of the client's: for all attempts, the answer's body
     * included. Zero means no limit.
     */
    public Endpoint<T> callTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the call timeout must not be negative: " + timeout);
        }
        return new Endpoint<>(method, target, responseType, query, headers, content, timeout, readTimeout);
    }

    /**
     * The same request with a longest silence of its own in place of the client's: for servers that work for a while
     * before they answer. Zero means no limit. The call timeout goes on to hold for the whole.
     */
    public Endpoint<T> readTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the read timeout must not be negative: " + timeout);
        }
        return new Endpoint<>(method, target, responseType, query, headers, content, callTimeout, timeout);
    }

    /**
     * The same request at another place: the {@code next} link of a page. Its origin must be the client's; another one
     * is refused when the request is performed.
     */
    public Endpoint<T> at(URI location) {
        return new Endpoint<>(
                method, location.toString(), responseType, List.of(), headers, content, callTimeout, readTimeout);
    }

    /**
     * The same request, made safe to repeat: when its reply is lost, the client asks the given operation whether the
     * server acted. If it answers with a value, that is the result; if it answers empty, the request is sent again; if it
     * fails with a {@link ConflictException}, so does the request: somebody else was there first.
     */
    public Operation<T> confirmedBy(Operation<Optional<T>> lookup) {
        return new Confirmed<>(this, lookup);
    }

    /** The method. */
    public HttpMethod method() {
        return method;
    }

    /** The path relative to the base URL, percent-encoded; or, for a page's {@code next} link, the whole URL. */
    public String target() {
        return target;
    }

    /** How to read the answer. */
    public ResponseType<T> responseType() {
        return responseType;
    }

    /** The query parameters, not encoded, in order. */
    public List<Map.Entry<String, String>> query() {
        return query;
    }

    /** The headers of this request, on top of the client's. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The body, if there is one. */
    public Optional<RequestContent> content() {
        return Optional.ofNullable(content);
    }

    /** The total time of this request, if it has one of its own. */
    public Optional<Duration> callTimeout() {
        return Optional.ofNullable(callTimeout);
    }

    /** The longest silence of this request, if it has one of its own. */
    public Optional<Duration> readTimeout() {
        return Optional.ofNullable(readTimeout);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    private static List<Map.Entry<String, String>> plus(
            List<Map.Entry<String, String>> entries, String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(entries);
        more.add(Map.entry(name, value));
        return more;
    }
}
