package io.synapse.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The root of all that the SDK throws for reasons outside the caller's code; unchecked.
 *
 * <p>Serializable with all that its methods return, as long as its cause is.
 *
 * <p>The message is one line that a person can act on and never holds a secret. {@link #detail()} has what the server
 * said in full. A failure without an answer has the status that stands for it:
 *
 * <table>
 * <caption>Which exception means what</caption>
 * <tr><th>status</th><th>exception</th><th>meaning</th></tr>
 * <tr><td>400, 422</td><td>{@link BadRequestException}</td><td>a bad argument; thrown before anything is sent where the
 * SDK can tell</td></tr>
 * <tr><td>401</td><td>{@link AuthenticationException}</td><td>no token, or a wrong one</td></tr>
 * <tr><td>403</td><td>{@link AuthorizationException}</td><td>not allowed</td></tr>
 * <tr><td>404</td><td>{@link NotFoundException}</td><td>no such resource</td></tr>
 * <tr><td>408</td><td>{@link RequestTimeoutException}</td><td>a time limit of the client was reached</td></tr>
 * <tr><td>409</td><td>{@link ConflictException}</td><td>exists already, or is in the wrong state</td></tr>
 * <tr><td>429</td><td>{@link RateLimitException}, {@link StreamLimitExceededException}</td><td>the server's limit, the
 * client's own</td></tr>
 * <tr><td>499</td><td>{@link CallCancelledException}</td><td>interrupted, or the client was closed meanwhile</td></tr>
 * <tr><td>503</td><td>{@link ConnectionException}</td><td>the server cannot be reached, or the connection broke</td></tr>
 * <tr><td>503</td><td>{@link GpuUnavailableException}</td><td>not enough GPU at the moment</td></tr>
 * <tr><td>5xx</td><td>{@link ServerException}</td><td>the server failed</td></tr>
 * <tr><td>2xx, 3xx</td><td>{@link UnexpectedResponseException}</td><td>an answer that cannot be used</td></tr>
 * </table>
 */
public class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /** An exception for a failure. */
    public ClientException(Failure failure) {
        this(failure, null);
    }

    /** An exception for a failure with what lies behind it. */
    public ClientException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** The HTTP status: the server's, or the one of the table above where there was no answer. Never a made-up -1. */
    public final int statusCode() {
        return failure.statusCode();
    }

    /**
     * What the server said, in full: text, or JSON as maps, lists, strings, numbers and booleans. Empty when there was
     * no answer. Read up to 1 MiB.
     */
    public final Optional<Object> detail() {
        return Optional.ofNullable(failure.detail());
    }

    /** The answer's headers, names in any case; empty when there was no answer. */
    public final Map<String, List<String>> responseHeaders() {
        return failure.headers();
    }

    /** Method and URL of the request, the URL without user information; empty when nothing was to be sent. */
    public final Optional<String> request() {
        return Optional.ofNullable(failure.request());
    }

    /** How many times the request was tried; 0 when it was refused before anything was sent. */
    public final int attempts() {
        return failure.attempts();
    }

    /**
     * Whether the server may have acted on the request although this call failed: true when the request went out and
     * no clear answer came back. False means that repeating the call is safe.
     */
    public final boolean mayHaveBeenExecuted() {
        return failure.mayHaveBeenExecuted();
    }

    /** All that is known of the failure, as one value. */
    public final Failure failure() {
        return failure;
    }
}
