package io.synapse.sdk.internal.http;

import io.synapse.sdk.RequestTimeoutException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Says how a call over the HTTP library failed, from what the library reports and how far the call had come. */
final class AnswerFailures {
    /** How much of an error's body is read. */
    static final long MAX_ERROR_BODY = 1L << 20;

    private final HttpTransport transport;
    private final Call call;
    private final CallProgress progress;
    private final Duration readTimeout;
    private final Duration callTimeout;

    /**
     * Failures of a request.
     *
     * @param readTimeout what it was given for each silence
     * @param callTimeout what all of its attempts were given together, this one perhaps less; zero where there is no
     *     limit
     */
    AnswerFailures(
            HttpTransport transport, Call call, CallProgress progress, Duration readTimeout, Duration callTimeout) {
        this.transport = transport;
        this.call = call;
        this.progress = progress;
        this.readTimeout = readTimeout;
        this.callTimeout = callTimeout;
    }

    /** Method and URL. */
    String request() {
        return call.request().method() + " " + call.request().url();
    }

    /** The server answered with an error. */
    FailedAttempt ofAnswer(Response response) throws IOException {
        Buffer body = new Buffer();
        long room = MAX_ERROR_BODY;
        for (long read = 0; room > 0 && read != -1; room -= Math.max(read, 0)) {
            read = response.body().source().read(body, room);
        }
        return Failures.ofAnswer(
                request(),
                response.code(),
                response.message(),
                response.headers().toMultimap(),
                body.readByteArray(),
                transport.errors(),
                Instant.now());
    }

    /** The server answered something that cannot be used. */
    FailedAttempt unexpected(Response response, String why, @Nullable Throwable cause) {
        boolean executed = response.isSuccessful();
        return Failures.ofUnexpected(
                request(), response.code(), response.headers().toMultimap(), why, executed, cause);
    }

    /** There was no answer, or not all of it. */
    FailedAttempt ofIOException(IOException failure) {
        boolean sent = progress.sent();
        if (failure instanceof RedirectGuard.Refused refused) {
            return unexpected(refused.response(), refused.why(), null);
        }
        if (Thread.currentThread().isInterrupted()) {
            return Failures.ofCancellation(request(), "its thread was interrupted", sent, failure);
        }
        if (failure instanceof ChangedFileException) {
            return Failures.ofChangedFile(request(), failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return progress.connected()
                    ? timeout(Kind.READ, readTimeout, failure)
                    : timeout(Kind.CONNECT, transport.settings().connectTimeout(), failure);
        }
        if (failure instanceof InterruptedIOException) {
            return timeout(Kind.CALL, callTimeout, failure);
        }
        if (call.isCanceled()) {
            String why = transport.isClosed() ? "the client was closed" : "it was cancelled";
            return Failures.ofCancellation(request(), why, sent, failure);
        }
        return Failures.ofConnection(request(), address(), sent, !Failures.isUntrusted(failure), failure);
    }

    private FailedAttempt timeout(Kind kind, Duration limit, IOException failure) {
        return Failures.ofTimeout(request(), address(), kind, limit, progress.sent(), failure);
    }

    private String address() {
        HttpUrl url = call.request().url();
        return url.host() + ":" + url.port();
    }
}
