package io.synapse.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The root of the SDK's unchecked exceptions.
 *
 * <p>Serializable with everything its methods return, if its cause is serializable.
 *
 * <p>The message is one line without secrets. {@link #detail()} is the complete error from the response. A failure
 * without a response has the status listed here:
 *
 * <table>
 * <caption>Which exception means what</caption>
 * <tr><th>status</th><th>exception</th><th>meaning</th></tr>
 * <tr><td>400, 422</td><td>{@link BadRequestException}</td><td>a bad argument; thrown before anything is sent if the
 * SDK detects it</td></tr>
 * <tr><td>401</td><td>{@link AuthenticationException}</td><td>no token, or an invalid one</td></tr>
 * <tr><td>403</td><td>{@link AuthorizationException}</td><td>not allowed</td></tr>
 * <tr><td>404</td><td>{@link NotFoundException}</td><td>no such resource</td></tr>
 * <tr><td>408</td><td>{@link RequestTimeoutException}</td><td>a time limit of the client was reached</td></tr>
 * <tr><td>409</td><td>{@link ConflictException}</td><td>exists already, or is in the wrong state</td></tr>
 * <tr><td>429</td><td>{@link RateLimitException}, {@link StreamLimitExceededException}</td><td>the server's limit, the
 * client's own</td></tr>
 * <tr><td>499</td><td>{@link CallCancelledException}</td><td>interrupted, or the client was closed</td></tr>
 * <tr><td>503</td><td>{@link ConnectionException}</td><td>the server cannot be reached, or the connection broke</td></tr>
 * <tr><td>503</td><td>{@link StreamCutException}</td><td>a stream of events ended early and cannot be continued</td></tr>
 * <tr><td>503</td><td>{@link GpuUnavailableException}</td><td>not enough GPU at the moment</td></tr>
 * <tr><td>5xx</td><td>{@link ServerException}</td><td>the server failed</td></tr>
 * <tr><td>2xx, 3xx</td><td>{@link UnexpectedResponseException}</td><td>a response that cannot be used</td></tr>
 * </table>
 */
public class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /** An exception for a failure. */
    public ClientException(Failure failure) {
        this(failure, null);
    }

    /** An exception for a failure, with its cause. */
    public ClientException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** The HTTP status: the server's, or if there was no response the one in the table above. */
    public final int statusCode() {
        return failure.statusCode();
    }

    /**
     * The error body of the response: text, or JSON as maps, lists, strings, numbers and booleans. Empty if there was
     * no response. At most 1 MiB is read.
     */
    public final Optional<Object> detail() {
        return Optional.ofNullable(failure.detail());
    }

    /** The response headers, by case-insensitive name; empty if there was no response. */
    public final Map<String, List<String>> responseHeaders() {
        return failure.headers();
    }

    /** Method and URL of the request, secrets masked; empty if there was no request. */
    public final Optional<String> request() {
        return Optional.ofNullable(failure.request());
    }

    /** The number of attempts; 0 if the SDK rejected the request before anything was sent. */
    public final int attempts() {
        return failure.attempts();
    }

    /**
     * Whether the server may have executed the request although this call failed: true if the request was sent and no
     * definite response was received. If false, repeating the call is safe.
     */
    public final boolean mayHaveBeenExecuted() {
        return failure.mayHaveBeenExecuted();
    }

    /** The failure that this exception describes. */
    public final Failure failure() {
        return failure;
    }
}
