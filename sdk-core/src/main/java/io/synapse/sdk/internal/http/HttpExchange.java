package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** One attempt of a call over HTTP, its answer read as a whole. */
final class HttpExchange<T extends @Nullable Object> implements Exchange<T> {
    private static final int NO_CONTENT = 204;

    private final Endpoint<T> endpoint;
    private final HttpAttempt attempt;
    private final AttemptFailures failures;

    HttpExchange(Endpoint<T> endpoint, HttpAttempt attempt) {
        this.endpoint = endpoint;
        this.attempt = attempt;
        this.failures = new AttemptFailures(attempt);
    }

    @Override
    public Outcome<T> run() {
        try {
            ClassicHttpResponse answer = attempt.open();
            return answer.getCode() >= 200 && answer.getCode() < 300
                    ? read(answer)
                    : failed(failures.ofAnswer(answer), answer);
        } catch (IOException e) {
            return failed(failures.ofIOException(e), null);
        } finally {
            attempt.close();
        }
    }

    @Override
    public void abort(String why) {
        failures.abortedBecause(why);
        attempt.abort();
    }

    @Override
    public String request() {
        return failures.request();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // an endpoint's type says what its body becomes; "nothing" is null
    private Outcome<T> read(ClassicHttpResponse answer) throws IOException {
        ResponseType<T> type = endpoint.responseType();
        String refusal = AnswerContent.refusal(answer);
        if (refusal != null) {
            return failed(failures.unexpected(answer, refusal, null), answer);
        }
        InputStream body = AnswerContent.decoded(answer, attempt.body());
        if (type.form() == ResponseType.Form.NOTHING || answer.getCode() == NO_CONTENT && type.type() == Void.class) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            return succeeded(null, answer);
        }
        if (type.form() == ResponseType.Form.TEXT) {
            return succeeded((T) new String(body.readAllBytes(), charset(answer)), answer);
        }
        if (type.form() == ResponseType.Form.BYTES) {
            return succeeded((T) body.readAllBytes(), answer);
        }
        if (type.file().isPresent()) {
            AtomicFile.write(type.file().get(), body::transferTo);
            return succeeded((T) type.file().get(), answer);
        }
        return readJson(type.type(), body, answer);
    }

    @SuppressWarnings("unchecked")
    private Outcome<T> readJson(Type type, InputStream body, ClassicHttpResponse answer) throws IOException {
        try {
            Object value = Json.read(body, type);
            return value == null
                    ? failed(failures.unexpected(answer, "its body is null", null), answer)
                    : succeeded((T) value, answer);
        } catch (UnreadableJsonException e) {
            IOException broken = attempt.body() instanceof BodyStream stream ? stream.failure() : null;
            if (broken != null) {
                throw broken; // what the parser makes of a body that broke off says nothing
            }
            String why = "its body is not " + nameOf(type) + ": " + e.getMessage();
            return failed(failures.unexpected(answer, why, e), answer);
        }
    }

    private Outcome<T> succeeded(T value, ClassicHttpResponse answer) {
        return new Outcome<>(
                value, null, OptionalInt.of(answer.getCode()), attempt.bytesSent(), attempt.bytesReceived());
    }

    @SuppressWarnings("NullAway") // a failed attempt has no value
    private Outcome<T> failed(FailedAttempt failure, @Nullable ClassicHttpResponse answer) {
        OptionalInt status = answer == null ? OptionalInt.empty() : OptionalInt.of(answer.getCode());
        return new Outcome<>(null, failure, status, attempt.bytesSent(), attempt.bytesReceived());
    }

    private static Charset charset(ClassicHttpResponse answer) {
        Charset named = AnswerContent.charset(answer);
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    private static String nameOf(Type type) {
        return type instanceof Class<?> simple ? "a JSON " + simple.getSimpleName() : "the JSON that was expected";
    }
}
