package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.gateway.GatewayException;
import io.synapse.sdk.gateway.grpc.internal.proto.ErrorDetails;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Secrets;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says in the SDK's terms how a call failed: the table of {@link io.synapse.sdk.gateway.grpc.GrpcGatewayClient}. Codes
 * decide, not texts, which differ from run to run (wire/gateway.md).
 */
final class GrpcErrors {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** What gRPC says of an answer above its limit. It has the code of a busy server, which a busy server sends too. */
    private static final String ABOVE_LIMIT = "gRPC message exceeds maximum size";

    /** The server has the deadline too, and may be the first to say that it is over. */
    private static final long SAME_DEADLINE_NANOS = Duration.ofMillis(100).toNanos();

    private final String request;
    private final String address;
    private final Secrets secrets;
    private final String whenUnimplemented;

    GrpcErrors(GrpcCall<?> call, String address, Secrets secrets) {
        this.request = GrpcEngine.nameOf(call) + " at " + address;
        this.address = address;
        this.secrets = secrets;
        this.whenUnimplemented = Alternatives.to(call.method().getBareMethodName())
                .map(instead -> "; " + instead)
                .orElse("");
    }

    /** The call and its server, for messages. */
    String request() {
        return request;
    }

    /** The meaning of a code. */
    private record Meaning(int status, boolean passing, boolean executed) {}

    private static Meaning meaning(Status.Code code) {
        return switch (code) {
            case OK -> new Meaning(200, false, true);
            case CANCELLED -> new Meaning(499, false, true);
            case INVALID_ARGUMENT -> new Meaning(400, false, false);
            case UNAUTHENTICATED -> new Meaning(401, false, false);
            case PERMISSION_DENIED -> new Meaning(403, false, false);
            case NOT_FOUND -> new Meaning(404, false, false);
            case ALREADY_EXISTS, FAILED_PRECONDITION -> new Meaning(409, false, false);
            case ABORTED -> new Meaning(409, true, true);
            case OUT_OF_RANGE -> new Meaning(410, false, false);
            case RESOURCE_EXHAUSTED -> new Meaning(429, false, true);
            case UNKNOWN, INTERNAL, DATA_LOSS -> new Meaning(500, false, true);
            case UNIMPLEMENTED -> new Meaning(501, false, false);
            case UNAVAILABLE -> new Meaning(503, true, true);
            case DEADLINE_EXCEEDED -> new Meaning(504, true, true);
        };
    }

    /**
     * How a call failed that was ended by the server, by gRPC or by its deadline.
     *
     * @param sent whether it was put on a connection
     */
    FailedAttempt of(Status ended, Metadata trailers, boolean sent, Deadline deadline) {
        Status status = isOfClosedConnection(ended)
                ? Status.UNAVAILABLE.withDescription(ended.getDescription()).withCause(ended.getCause())
                : ended;
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && deadline.leftNanos() < SAME_DEADLINE_NANOS) {
            return timeout(Kind.CALL, deadline.limit(), sent);
        }
        if (isUnreadable(status)) {
            return unexpected(wordsOf(status), status.getCause());
        }
        Meaning meaning = meaning(status.getCode());
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        Optional<Duration> retryAfter = details(trailers, info);
        boolean executed = sent && !Boolean.FALSE.equals(info.getOrDefault("may_have_run", meaning.executed()));
        boolean untrusted = status.getCause() != null && Failures.isUntrusted(status.getCause());
        boolean passing = meaning.passing() && !untrusted || retryAfter.isPresent();
        Duration wait = retryAfter.orElse(null);
        String pushback = trailers.get(PUSHBACK);
        if (pushback != null) {
            retryAfter = pushback(pushback);
            passing = retryAfter.isPresent();
        }
        Failure failure = new Failure(
                meaning.status(),
                request + " failed with " + status.getCode() + ": " + wordsOf(status)
                        + (status.getCode() == Status.Code.UNIMPLEMENTED ? whenUnimplemented : ""),
                info.isEmpty() ? null : info,
                Map.of("grpc-status", List.of(String.valueOf(status.getCode().value()))),
                request,
                1,
                executed);
        boolean told = !info.isEmpty();
        return new FailedAttempt(
                failure, passing, retryAfter, known -> exception(known, wait, told, status.getCause()));
    }

    /** The answer ended without a message, or has more than one, or none that can be read. */
    FailedAttempt unexpected(String why, @Nullable Throwable cause) {
        return Failures.ofUnexpected(request, 200, Map.of(), why, true, cause);
    }

    /** The server ended a stream well, but before the message that it would have marked as the last. */
    FailedAttempt endedEarly() {
        return Failures.ofConnection(
                request, address, true, true, new EOFException("the server ended the stream before its last message"));
    }

    /** A time limit of the client was reached. */
    FailedAttempt timeout(Kind kind, Duration limit, boolean sent) {
        return Failures.ofTimeout(request, address, kind, limit, sent, null);
    }

    /** The caller gave up. */
    FailedAttempt cancelled(String why, boolean sent) {
        return Failures.ofCancellation(request, why, sent, null);
    }

    private String wordsOf(Status status) {
        String words = status.getDescription();
        Throwable cause = status.getCause();
        String text = words == null ? "no reason given" : words;
        String because = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return Failures.oneLine(secrets.mask(text + because));
    }

    /**
     * Whether the connection was closed when a call was about to begin on it. Of all ends of a connection, gRPC has UNKNOWN
     * for this one alone.
     */
    private static boolean isOfClosedConnection(Status status) {
        return status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof ClosedChannelException;
    }

    /** Whether the answer came, and gRPC could not read it: then the status is its own, with a cause or this text. */
    private static boolean isUnreadable(Status status) {
        return switch (status.getCode()) {
            case UNKNOWN, CANCELLED, INTERNAL -> status.getCause() != null;
            case RESOURCE_EXHAUSTED ->
                status.getDescription() != null && status.getDescription().contains(ABOVE_LIMIT);
            default -> false;
        };
    }

    private static ClientException exception(
            Failure failure, @Nullable Duration retryAfter, boolean told, @Nullable Throwable cause) {
        return switch (failure.statusCode()) {
            case 200 -> new UnexpectedResponseException(failure);
            case 400 -> new BadRequestException(failure);
            case 401 -> new AuthenticationException(failure);
            case 403 -> new AuthorizationException(failure);
            case 404 -> new NotFoundException(failure);
            case 409 -> new ConflictException(failure);
            case 410, 499 -> new ClientException(failure);
            case 429 -> new RateLimitException(failure, retryAfter);
            case 503 -> told ? new GatewayException(failure) : new ConnectionException(failure, cause);
            default -> told ? new GatewayException(failure) : new ServerException(failure, cause);
        };
    }

    /** Reads google.rpc.ErrorInfo and RetryInfo, as section 7 of wire/gateway.md has them. */
    private Optional<Duration> details(Metadata trailers, Map<String, @Nullable Object> info) {
        byte[] details = trailers.get(DETAILS);
        Optional<Duration> retryAfter = Optional.empty();
        if (details == null) {
            return retryAfter;
        }
        try {
            for (Any detail : ErrorDetails.Status.parseFrom(details).getDetailsList()) {
                if (detail.is(ErrorDetails.ErrorInfo.class)) {
                    ErrorDetails.ErrorInfo error = detail.unpack(ErrorDetails.ErrorInfo.class);
                    info.put("kind", secrets.maskKnown(error.getReason()));
                    error.getMetadataMap().forEach((name, value) -> info.put(name, typed(secrets.maskKnown(value))));
                } else if (detail.is(ErrorDetails.RetryInfo.class)) {
                    com.google.protobuf.Duration delay =
                            detail.unpack(ErrorDetails.RetryInfo.class).getRetryDelay();
                    retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty(); // details that cannot be read say nothing; the status does
        }
        retryAfter = retryAfter.filter(delay -> !delay.isNegative());
        retryAfter.ifPresent(delay -> info.put("retry_after", delay.toMillis() / 1000.0));
        return retryAfter;
    }

    /** ErrorInfo has text only; over HTTP these are JSON values. */
    private static Object typed(String value) {
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return value.matches("\\d{1,9}") ? (Object) Integer.valueOf(value) : value;
    }

    /** A negative value, or none that can be read, forbids a retry. */
    private static Optional<Duration> pushback(String millis) {
        return millis.matches("\\d{1,9}") ? Optional.of(Duration.ofMillis(Long.parseLong(millis))) : Optional.empty();
    }
}
