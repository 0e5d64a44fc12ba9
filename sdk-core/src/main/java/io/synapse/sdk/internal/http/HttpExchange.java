package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.OptionalInt;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** One attempt of one request: sent and read on the thread that calls {@link #run}; given up by any. */
public final class HttpExchange<T extends @Nullable Object> {
    private final HttpTransport transport;
    private final Endpoint<T> endpoint;
    private final Call call;
    private final CallProgress progress;
    private final AnswerFailures failures;

    HttpExchange(
            HttpTransport transport, Endpoint<T> endpoint, Call call, CallProgress progress, Duration readTimeout) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.call = call;
        this.progress = progress;
        this.failures = new AnswerFailures(
                transport,
                call,
                progress,
                readTimeout,
                endpoint.callTimeout().orElse(transport.settings().callTimeout()));
    }

    /** Sends the request, reads the answer and says what came of it. Blocks. */
    public Outcome<T> run() {
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) {
                return failed(failures.ofAnswer(response), response);
            }
            return read(response);
        } catch (IOException e) {
            return failed(failures.ofIOException(e), null);
        }
    }

    /** Closes the connection at once. */
    public void cancel() {
        call.cancel();
    }

    /** Method and URL. */
    public String request() {
        return failures.request();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // an endpoint's type says what its body becomes; "nothing" is null
    private Outcome<T> read(Response response) throws IOException {
        ResponseType<T> type = endpoint.responseType();
        ResponseBody body = response.body();
        if (type.form() == ResponseType.Form.NOTHING || response.code() == 204 && type.type() == Void.class) {
            drain(body);
            return succeeded(null, response);
        }
        if (type.form() == ResponseType.Form.TEXT) {
            return succeeded((T) body.string(), response);
        }
        try {
            Object value = Json.read(body.byteStream(), type.type());
            return value == null
                    ? failed(failures.unexpected(response, "its body is null", null), response)
                    : succeeded((T) value, response);
        } catch (UnreadableJsonException e) {
            String why = "its body is not " + nameOf(type.type()) + ": " + e.getMessage();
            return failed(failures.unexpected(response, why, e), response);
        }
    }

    private Outcome<T> succeeded(T value, Response response) {
        return new Outcome<>(
                value, null, OptionalInt.of(response.code()), progress.bytesSent(), progress.bytesReceived());
    }

    @SuppressWarnings("NullAway") // a failed attempt has no value
    private Outcome<T> failed(FailedAttempt failure, @Nullable Response response) {
        OptionalInt status = response == null ? OptionalInt.empty() : OptionalInt.of(response.code());
        return new Outcome<>(null, failure, status, progress.bytesSent(), progress.bytesReceived());
    }

    /** Reads the rest of a body nobody asked for, so that the connection can serve the next call. */
    private static void drain(ResponseBody body) throws IOException {
        body.source().readAll(okio.Okio.blackhole());
    }

    private static String nameOf(Type type) {
        return type instanceof Class<?> simple ? "a JSON " + simple.getSimpleName() : "the JSON that was expected";
    }
}
