package io.synapse.sdk;

import io.synapse.sdk.internal.http.HeaderSyntax;
import io.synapse.sdk.internal.http.PercentEncoding;
import io.synapse.sdk.internal.operation.CompositeOperation.Verified;
import io.synapse.sdk.internal.value.Unicode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and the type of its response: method, path, query, headers, body. All operations of the SDK consist
 * of endpoints; use them directly to call what the SDK does not support yet:
 *
 * <pre>{@code
 * Thing thing = client.perform(Endpoint.get("things/{}/", Thing.class, id));
 * }</pre>
 *
 * <p>A path is relative to the client's base URL and percent-encoded. Each {@code {}} in it is replaced by one of the
 * segments that follow, encoded: {@code get("serve_applications/{}/", type, "my app")} asks for
 * {@code serve_applications/my%20app/}. A segment keeps {@code @} and the other characters that RFC 3986 allows there.
 *
 * <p>Immutable; each setter returns a modified copy.
 *
 * @param <T> the type of the result
 */
public final class Endpoint<T extends @Nullable Object> implements Operation<T> {
    private static final String PLACEHOLDER = "{}";

    private final HttpMethod method;
    private final String pathTemplate;
    private final ResponseType<T> responseType;
    private final String target;
    private final List<Map.Entry<String, String>> query;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable RequestContent content;
    private final @Nullable Duration callTimeout;
    private final @Nullable Duration readTimeout;
    private final @Nullable Boolean idempotent;

    private Endpoint(Draft<T> draft) {
        this.method = draft.method;
        this.pathTemplate = draft.pathTemplate;
        this.responseType = draft.responseType;
        this.target = draft.target;
        this.query = List.copyOf(draft.query);
        this.headers = List.copyOf(draft.headers);
        this.content = draft.content;
        this.callTimeout = draft.callTimeout;
        this.readTimeout = draft.readTimeout;
        this.idempotent = draft.idempotent;
    }

    /**
     * A request of any method.
     *
     * @param path relative to the client's base URL, percent-encoded, with {@code {}} in place of segments
     * @param segments unencoded text for these placeholders
     * @throws BadRequestException when a segment is empty, "." or "..", or has an unpaired surrogate, or when there are
     *     more or fewer segments than placeholders
     */
    public static <T extends @Nullable Object> Endpoint<T> of(
            HttpMethod method, String path, ResponseType<T> responseType, Object... segments) {
        return new Endpoint<>(new Draft<>(method, path, responseType, fill(path, segments)));
    }

    /** A GET with a JSON response of this class. */
    public static <T> Endpoint<T> get(String path, Class<T> responseType, Object... segments) {
        return get(path, ResponseType.of(responseType), segments);
    }

    /** A GET. */
    public static <T extends @Nullable Object> Endpoint<T> get(
            String path, ResponseType<T> responseType, Object... segments) {
        return of(HttpMethod.GET, path, responseType, segments);
    }

    /** A POST without a body and with a JSON response of this class. */
    public static <T> Endpoint<T> post(String path, Class<T> responseType, Object... segments) {
        return post(path, ResponseType.of(responseType), segments);
    }

    /** A POST without a body; {@link #json} and {@link #multipart} add one. */
    public static <T extends @Nullable Object> Endpoint<T> post(
            String path, ResponseType<T> responseType, Object... segments) {
        return of(HttpMethod.POST, path, responseType, segments);
    }

    /** A PATCH with a JSON response of this class; {@link #json} adds the body. */
    public static <T> Endpoint<T> patch(String path, Class<T> responseType, Object... segments) {
        return of(HttpMethod.PATCH, path, ResponseType.of(responseType), segments);
    }

    /** A DELETE whose response body is ignored. */
    public static Endpoint<@Nullable Void> delete(String path, Object... segments) {
        return of(HttpMethod.DELETE, path, ResponseType.nothing(), segments);
    }

    /** A PUT without a body; {@link #json} and {@link #file} add one. */
    public static <T extends @Nullable Object> Endpoint<T> put(
            String path, ResponseType<T> responseType, Object... segments) {
        return of(HttpMethod.PUT, path, responseType, segments);
    }

    /**
     * A path whose {@code {}} are replaced by percent-encoded segments.
     *
     * @throws BadRequestException as {@link #of}
     */
    public static String path(String template, Object... segments) {
        return fill(template, segments);
    }

    /** The same request with one more query parameter. A name may be given several times. */
    public Endpoint<T> query(String name, Object value) {
        return with(draft -> draft.query.add(Map.entry(name, value.toString())));
    }

    /**
     * The same request with one more header. It replaces a header of the client with that name.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have
     */
    public Endpoint<T> header(String name, String value) {
        HeaderSyntax.check(name, value);
        return with(draft -> draft.headers.add(Map.entry(name, value)));
    }

    /**
     * The same request with a JSON body.
     *
     * @param value a record, map, list or simple value; it is written when the request is sent
     */
    public Endpoint<T> json(Object value) {
        return with(draft -> draft.content = new RequestContent.Json(value));
    }

    /** The same request with a multipart body. */
    public Endpoint<T> multipart(RequestContent.Multipart form) {
        return with(draft -> draft.content = form);
    }

    /** The same request with the bytes of a file as its body. */
    public Endpoint<T> file(Path file) {
        return with(draft -> draft.content = new RequestContent.Bytes(file));
    }

    /**
     * The same request with these bytes as its body.
     *
     * @param contentType their media type, such as {@code application/octet-stream}
     * @param content not to be changed until the request has ended
     */
    public Endpoint<T> bytes(String contentType, byte[] content) {
        return with(draft -> draft.content = new RequestContent.Data(contentType, content));
    }

    /**
     * The same request with its own total time limit for all attempts, response body included, in place of the
     * client's. Zero means no limit.
     *
     * @throws BadRequestException when it is negative
     */
    public Endpoint<T> callTimeout(Duration timeout) {
        requireNotNegative("call timeout", timeout);
        return with(draft -> draft.callTimeout = timeout);
    }

    /**
     * The same request with its own read timeout in place of the client's, for servers that take long to respond. Zero
     * means no limit. The call timeout still applies.
     *
     * @throws BadRequestException when it is negative
     */
    public Endpoint<T> readTimeout(Duration timeout) {
        requireNotNegative("read timeout", timeout);
        return with(draft -> draft.readTimeout = timeout);
    }

    /**
     * The same request at another location, such as the {@code next} link of a page. Only path and query of the link
     * are used, with the client's base address. A link may consist of a query alone.
     */
    public Endpoint<T> at(URI location) {
        String link = location.toString();
        int path = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        return with(draft -> {
            draft.target = link.startsWith("?") ? target.substring(0, path) + link : link;
            draft.query.clear();
        });
    }

    /**
     * The same request, marked as one that has the same effect however often it is sent: it is retried after a
     * transient failure, as a GET is, whatever its method. For a POST that computes an answer and changes nothing.
     */
    public Endpoint<T> idempotent() {
        return with(draft -> draft.idempotent = true);
    }

    /**
     * The same request, marked as one whose repetition has another effect, whatever its method: it is not sent again
     * unless it surely did not reach the server, and its answer is never taken from a cache. For a GET that takes
     * something from a queue.
     */
    public Endpoint<T> nonIdempotent() {
        return with(draft -> draft.idempotent = false);
    }

    /**
     * The same request, made safe to retry: if its response is lost, the client performs the lookup to find out whether
     * the server executed it. If the lookup returns a value, that is the result. If it returns empty, the request is
     * sent again. If it fails with a {@link ConflictException}, the request fails with it.
     */
    public Operation<T> verifiedBy(Operation<Optional<T>> lookup) {
        return new Verified<>(this, lookup, false);
    }

    /** The method. */
    public HttpMethod method() {
        return method;
    }

    /** Whether repeating the request has the same effect as one request: by its method, or as marked. */
    public boolean isIdempotent() {
        return idempotent == null ? method.isIdempotent() : idempotent;
    }

    /** The path as given, with {@code {}} in place of segments: the same for all ids. */
    public String pathTemplate() {
        return pathTemplate;
    }

    /** The path relative to the base URL, percent-encoded, or the {@code next} link of a page. */
    public String target() {
        return target;
    }

    /** The type of the response. */
    public ResponseType<T> responseType() {
        return responseType;
    }

    /** The query parameters, not encoded, in order. */
    public List<Map.Entry<String, String>> query() {
        return query;
    }

    /** The headers of this request, added to the client's. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The body, if there is one. */
    public Optional<RequestContent> content() {
        return Optional.ofNullable(content);
    }

    /** The total time limit of this request, if it has its own. */
    public Optional<Duration> callTimeout() {
        return Optional.ofNullable(callTimeout);
    }

    /** The read timeout of this request, if it has its own. */
    public Optional<Duration> readTimeout() {
        return Optional.ofNullable(readTimeout);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    private Endpoint<T> with(Consumer<Draft<T>> change) {
        Draft<T> draft = new Draft<>(method, pathTemplate, responseType, target);
        draft.query.addAll(query);
        draft.headers.addAll(headers);
        draft.content = content;
        draft.callTimeout = callTimeout;
        draft.readTimeout = readTimeout;
        draft.idempotent = idempotent;
        change.accept(draft);
        return new Endpoint<>(draft);
    }

    private static String fill(String template, Object... segments) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (Object segment : segments) {
            int placeholder = template.indexOf(PLACEHOLDER, from);
            if (placeholder < 0) {
                throw BadRequestException.refused("more segments than places in the path " + template);
            }
            path.append(template, from, placeholder);
            appendSegment(segment.toString(), path);
            from = placeholder + PLACEHOLDER.length();
        }
        if (template.indexOf(PLACEHOLDER, from) >= 0) {
            throw BadRequestException.refused("fewer segments than places in the path " + template);
        }
        return path.append(template, from, template.length()).toString();
    }

    private static void appendSegment(String segment, StringBuilder path) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw BadRequestException.refused("a path segment cannot be empty, \".\" or \"..\"");
        }
        if (!Unicode.isWellFormed(segment)) {
            throw BadRequestException.refused("a path segment cannot hold half a surrogate pair");
        }
        PercentEncoding.segment(segment, path);
    }

    private static void requireNotNegative(String what, Duration timeout) {
        if (timeout.isNegative()) {
            throw BadRequestException.refused("the " + what + " must not be negative: " + timeout);
        }
    }

    /** The mutable state of an endpoint under construction. */
    private static final class Draft<T extends @Nullable Object> {
        private final HttpMethod method;
        private final String pathTemplate;
        private final ResponseType<T> responseType;
        private final List<Map.Entry<String, String>> query = new ArrayList<>();
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();
        private String target;
        private @Nullable RequestContent content;
        private @Nullable Duration callTimeout;
        private @Nullable Duration readTimeout;
        private @Nullable Boolean idempotent;

        Draft(HttpMethod method, String pathTemplate, ResponseType<T> responseType, String target) {
            this.method = Objects.requireNonNull(method, "method");
            this.pathTemplate = Objects.requireNonNull(pathTemplate, "path");
            this.responseType = Objects.requireNonNull(responseType, "response type");
            this.target = target;
        }
    }
}
