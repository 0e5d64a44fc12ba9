package io.synapse.sdk.internal.http;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.GpuUnavailableException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in the SDK's terms what went wrong: from an answer, or from the lack of one. */
public final class Failures {
    /** Why an interrupted call ends. */
    public static final String INTERRUPTED = "its thread was interrupted";

    /** Answers that may well be others a moment later. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    private Failures() {}

    /**
     * The server answered with an error.
     *
     * @param request method and URL
     * @param reason the reason phrase, for answers without a body
     * @param headers the answer's headers
     * @param body the answer's body as far as it was read
     * @param errors what it means
     * @param secrets what is masked in the message; of the detail, what the client knows to be secret
     * @param now what a {@code Retry-After} with a date is measured from
     */
    public static FailedAttempt ofAnswer(
            String request,
            int answered,
            String reason,
            Map<String, List<String>> headers,
            byte[] body,
            ErrorReader errors,
            Secrets secrets,
            Instant now) {
        Object detail = parse(secrets.maskKnown(new String(body, StandardCharsets.UTF_8)));
        ErrorReader.Meaning meaning = errors.read(answered, detail);
        int status = meaning.status();
        Object sentence = meaning.sentence() == null ? detail : meaning.sentence();
        String text = secrets.mask(ErrorText.of(sentence, reason.isEmpty() ? "no reason given" : reason));
        boolean gpuUnavailable = isGpuUnavailable(status, detail);
        boolean executed = meaning.executed() != null
                ? meaning.executed()
                : status >= 500 && status != 501 && !gpuUnavailable || status == 408;
        Failure failure = new Failure(
                status, request + " answered " + answered + ": " + text, detail, headers, request, 1, executed);
        Optional<Duration> retryAfter = failure.header("Retry-After").flatMap(value -> retryAfter(value, now));
        Function<Failure, ClientException> usual = gpuUnavailable
                ? known -> new GpuUnavailableException(known, fields(detail))
                : known -> exception(known, retryAfter.orElse(null));
        Function<Failure, ClientException> exception = Objects.requireNonNullElse(meaning.exception(), usual);
        return new FailedAttempt(failure, PASSING.contains(status) && !gpuUnavailable, retryAfter, exception);
    }

    /** The connection could not be made, or broke. */
    public static FailedAttempt ofConnection(
            String request, String address, boolean sent, boolean passing, IOException cause) {
        String message = sent
                ? request + " failed: the connection to " + address + " broke before the answer was complete ("
                        + reasonOf(cause) + ")"
                : request + " failed: cannot connect to " + address + " (" + reasonOf(cause) + ")";
        Failure failure = new Failure(503, message, null, Map.of(), request, 1, sent);
        return new FailedAttempt(failure, passing, Optional.empty(), known -> new ConnectionException(known, cause));
    }

    /** Whether a failure is about a certificate: trying again does not make it valid. */
    public static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** A time limit of the client was reached. */
    public static FailedAttempt ofTimeout(
            String request, String address, Kind kind, Duration limit, boolean sent, @Nullable Throwable cause) {
        String seconds = ErrorText.tidy(limit.toMillis() / 1000.0 + " s");
        String message = switch (kind) {
            case CONNECT -> " timed out: no connection to " + address + " within the connect timeout of ";
            case READ -> " timed out: " + address + " was silent for the read timeout of ";
            case ATTEMPT -> " timed out: the attempt took longer than its limit of ";
            case CALL -> " timed out: the whole call took longer than the call timeout of ";
            case WAIT -> " timed out: waited for ";
        };
        Failure failure = new Failure(408, request + message + seconds, null, Map.of(), request, 1, sent);
        return new FailedAttempt(
                failure,
                kind == Kind.CONNECT || kind == Kind.READ || kind == Kind.ATTEMPT,
                Optional.empty(),
                known -> new RequestTimeoutException(kind, known, cause));
    }

    /** What was to be sent changed meanwhile, or what was received could not be written. */
    public static FailedAttempt ofLocalFile(String request, LocalFileException cause) {
        Failure failure = new Failure(
                400,
                request + " was broken off: " + cause.getMessage(),
                null,
                Map.of(),
                request,
                1,
                cause.isOfAnswer());
        return new FailedAttempt(failure, false, Optional.empty(), known -> new BadRequestException(known, cause));
    }

    /** What user code throws before a request is sent: an exception of the SDK as it is, any other as the cause of one. */
    public static ClientException ofPreparation(Throwable failure) {
        return failure instanceof ClientException known
                ? known
                : new ClientException(Failure.of(400, "the request could not be made: " + failure), failure);
    }

    /** The caller gave up. */
    public static FailedAttempt ofCancellation(String request, String why, boolean sent, @Nullable Throwable cause) {
        Failure failure = new Failure(499, request + " was given up: " + why, null, Map.of(), request, 1, sent);
        return new FailedAttempt(failure, false, Optional.empty(), known -> new CallCancelledException(known, cause));
    }

    /**
     * A stream ended before its last event, and cannot be continued.
     *
     * @param stream the stream, as the first words of the message
     * @param delivered how many events were delivered before
     * @param cause how the connection ended, or why it could not be continued; null if {@code why} says all
     */
    public static StreamCutException ofCut(String stream, long delivered, String why, @Nullable ClientException cause) {
        String message = stream + " was cut after " + delivered + " events: " + why
                + (cause == null ? "" : " (" + cause.getMessage() + ")")
                + "; what was begun may be going on at the server";
        Failure known = cause == null ? Failure.of(503, message) : cause.failure();
        return new StreamCutException(
                new Failure(503, message, known.detail(), known.headers(), known.request(), known.attempts(), true),
                delivered,
                cause);
    }

    /** The server answered something that cannot be used. */
    public static FailedAttempt ofUnexpected(
            String request,
            int status,
            Map<String, List<String>> headers,
            String why,
            boolean executed,
            @Nullable Throwable cause) {
        Failure failure = new Failure(
                status, request + " answered " + status + ", but " + why, null, headers, request, 1, executed);
        return new FailedAttempt(
                failure, false, Optional.empty(), known -> new UnexpectedResponseException(known, cause));
    }

    /** The exception for the status of a failure. */
    public static ClientException exception(Failure failure) {
        return exception(failure, null);
    }

    private static ClientException exception(Failure failure, @Nullable Duration retryAfter) {
        return switch (failure.statusCode()) {
            case 400, 422 -> new BadRequestException(failure, ErrorText.fieldErrors(failure.detail()));
            case 401 -> new AuthenticationException(failure);
            case 403 -> new AuthorizationException(failure);
            case 404 -> new NotFoundException(failure);
            case 408 -> new RequestTimeoutException(Kind.READ, failure, null);
            case 409 -> new ConflictException(failure);
            case 429 -> new RateLimitException(failure, retryAfter);
            default ->
                failure.statusCode() >= 500
                        ? new ServerException(failure)
                        : failure.statusCode() < 400
                                ? new UnexpectedResponseException(failure)
                                : new ClientException(failure);
        };
    }

    private static boolean isGpuUnavailable(int status, @Nullable Object detail) {
        return status == 503 && "gpu_unavailable".equals(fields(detail).get("error_type"));
    }

    /** The fields of an error body, be they at its root or under {@code detail}. */
    private static Map<String, @Nullable Object> fields(@Nullable Object body) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (body instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
            if (map.get("detail") instanceof Map<?, ?> inner) {
                inner.forEach((name, value) -> fields.put(String.valueOf(name), value));
            }
        }
        return fields;
    }

    private static @Nullable Object parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return Json.read(text, Object.class);
        } catch (UnreadableJsonException e) {
            return text; // bodies that are not JSON are text (wire/agent.md, section 2)
        }
    }

    private static Optional<Duration> retryAfter(String value, Instant now) {
        try {
            String text = value.strip();
            Duration wait = text.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty(); // a header that says nothing usable says nothing
        }
    }

    /** Words of a server as part of a message: one line, redacted, not too long. */
    public static String oneLine(String words) {
        return ErrorText.tidy(words);
    }

    private static String reasonOf(IOException cause) {
        String message = cause.getMessage();
        return ErrorText.tidy(message == null ? cause.getClass().getSimpleName() : message);
    }
}
