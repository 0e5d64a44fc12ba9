package io.synapse.sdk.internal.http;

import io.synapse.sdk.RequestTimeoutException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Says how an attempt failed, from the answer or from how far it had come without one. */
final class AttemptFailures {
    /** How much of an error's body is read. */
    static final int MAX_ERROR_BODY = 1 << 20;

    private final HttpAttempt attempt;
    private volatile @Nullable String abortReason;

    AttemptFailures(HttpAttempt attempt) {
        this.attempt = attempt;
    }

    /** Method and URL, without secrets. */
    String request() {
        return attempt.endpoint().method() + " "
                + attempt.secrets().mask(attempt.address().toString());
    }

    /** Why the attempt is aborted, from any thread before that. */
    void abortedBecause(String why) {
        abortReason = why;
    }

    /** The server answered with an error. */
    FailedAttempt ofAnswer(ClassicHttpResponse answer) throws IOException {
        byte[] body = errorBody(answer);
        String reason = answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase();
        return Failures.ofAnswer(
                request(),
                answer.getCode(),
                reason,
                HttpAttempt.headers(answer),
                body,
                attempt.transport().errors(),
                attempt.secrets(),
                Instant.now());
    }

    /** What there is of it: its status says more than the way in which it breaks off. */
    private byte[] errorBody(ClassicHttpResponse answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            InputStream content = AnswerContent.decoded(answer, attempt.body());
            byte[] some = new byte[8 << 10];
            for (int read = 0; read >= 0 && body.size() < MAX_ERROR_BODY; read = content.read(some)) {
                body.write(some, 0, read);
            }
        } catch (IOException e) {
            if (attempt.isAborted() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        return body.toByteArray();
    }

    /** The server answered something that cannot be used. */
    FailedAttempt unexpected(ClassicHttpResponse answer, String why, @Nullable Throwable cause) {
        boolean executed = answer.getCode() < 300;
        return Failures.ofUnexpected(request(), answer.getCode(), HttpAttempt.headers(answer), why, executed, cause);
    }

    /** There was no answer, or not all of it. */
    FailedAttempt ofIOException(IOException failure) {
        boolean sent = attempt.isSent();
        if (failure instanceof RefusedAnswerException refused) {
            return unexpected(refused.answer(), refused.why(), null);
        }
        if (failure instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted()) {
            return Failures.ofCancellation(request(), Failures.INTERRUPTED, sent, failure);
        }
        if (attempt.isAborted()) {
            String why = abortReason;
            return Failures.ofCancellation(request(), why == null ? "it was cancelled" : why, sent, failure);
        }
        if (failure instanceof LocalFileException local) {
            return Failures.ofLocalFile(request(), local);
        }
        if (failure instanceof SocketTimeoutException) {
            return ofTimeout(failure, sent);
        }
        boolean isFinal =
                Failures.isUntrusted(failure) || failure instanceof ProxyRefusedException refused && refused.isFinal();
        return Failures.ofConnection(request(), address(), sent, !isFinal, failure);
    }

    private FailedAttempt ofTimeout(IOException failure, boolean sent) {
        if (attempt.deadline().isOver() && !attempt.isExclusive()) {
            return Failures.ofTimeout(
                    request(), address(), Kind.CALL, attempt.deadline().limit(), sent, failure);
        }
        return attempt.isConnected()
                ? Failures.ofTimeout(request(), address(), Kind.READ, attempt.silence(), sent, failure)
                : Failures.ofTimeout(
                        request(),
                        address(),
                        Kind.CONNECT,
                        attempt.transport().settings().connectTimeout(),
                        false,
                        failure);
    }

    private String address() {
        BaseUrl server = attempt.address().server();
        return server.host() + ":" + server.port();
    }
}
