package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a call to the listener, and to the log in one debug line. */
final class CallReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");
    private static final AtomicLong IDS = new AtomicLong();

    private final Clock clock;
    private final ClientListener listener;
    private final Call<?> request;
    private final ClientListener.@Nullable Call call;
    private final long start;
    private Server server;
    private boolean started;
    private long attemptStart;
    private ClientListener.@Nullable Attempt last;
    private @Nullable Outcome<?> lastOutcome;
    private int attempts;

    CallReport(Execution<?> execution, Call<?> request, long start) {
        this.clock = execution.engine().clock();
        this.listener = execution.engine().policy().listener();
        this.request = request;
        this.start = start;
        this.server = request.servers().all().get(0);
        this.call = listener == ClientListener.NONE
                ? null
                : new ClientListener.Call(
                        IDS.incrementAndGet(),
                        Optional.ofNullable(execution.name()),
                        request.method(),
                        request.pathTemplate(),
                        request.url(server));
    }

    /** The next attempt is for this server. */
    void at(Server next) {
        server = next;
    }

    /** What the call is, in messages. */
    String request() {
        return request.request(server);
    }

    /** Host and port. */
    String server() {
        return server.url().authority();
    }

    void attemptStarted(int number) {
        attemptStart = call == null ? 0 : clock.nanoTime();
        start();
        notify((to, of) -> to.attemptStarted(of, number, server.toString()));
    }

    private void start() {
        if (!started) {
            started = true;
            notify((to, of) -> to.callStarted(of));
        }
    }

    void attemptFinished(int number, Outcome<?> outcome) {
        attempts = number;
        lastOutcome = outcome;
        if (call == null) {
            return;
        }
        FailedAttempt failed = outcome.failed();
        Optional<ClientException> failure = failed == null ? Optional.empty() : Optional.of(failed.exception(number));
        ClientListener.Attempt attempt = new ClientListener.Attempt(
                number,
                server.toString(),
                outcome.statusCode(),
                Duration.ofNanos(clock.nanoTime() - attemptStart),
                outcome.bytesSent(),
                outcome.bytesReceived(),
                failure);
        last = attempt;
        notify((to, of) -> to.attemptFinished(of, attempt));
    }

    void retrying(Duration delay) {
        ClientListener.Attempt failed = last;
        if (failed != null) {
            notify((to, of) -> to.retryScheduled(of, failed, delay));
        }
    }

    /** The call failed; if that was before its first attempt, it has not been reported yet. */
    void finished(ClientException failure) {
        if (last == null && call != null) {
            start();
            failed(0, failure);
        } else {
            finished();
        }
    }

    /** The caller gets another answer in place of a failure. */
    void fallback(FallbackMark mark) {
        start();
        notify((to, of) -> to.fallbackUsed(of, mark));
    }

    void finished() {
        Outcome<?> outcome = lastOutcome;
        if (outcome != null && LOG.isDebugEnabled()) {
            FailedAttempt failed = outcome.failed();
            LOG.debug(
                    "{} {} in {} ms, {} attempts, {} bytes",
                    request(),
                    failed == null ? "succeeded" : failed.failure().message(),
                    duration().toMillis(),
                    attempts,
                    outcome.bytesReceived());
        }
        ClientListener.Attempt attempt = last;
        if (attempt != null) {
            notify((to, of) -> to.callFinished(of, attempt, duration()));
        }
    }

    /** An attempt ended with an exception that is no answer's: an interceptor's, for instance. */
    void failed(int number, Throwable failure) {
        ClientException reported = Failures.ofPreparation(failure);
        last = new ClientListener.Attempt(
                number,
                server.toString(),
                OptionalInt.empty(),
                Duration.ofNanos(attemptStart == 0 ? 0 : clock.nanoTime() - attemptStart),
                0,
                0,
                Optional.of(reported));
        finished();
    }

    private Duration duration() {
        return Duration.ofNanos(clock.nanoTime() - start);
    }

    /** A listener's own failure must not become the call's. */
    private void notify(Event event) {
        if (call == null) {
            return;
        }
        try {
            event.report(listener, call);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn("a client listener failed", e);
        }
    }

    @FunctionalInterface
    private interface Event {
        void report(ClientListener to, ClientListener.Call of);
    }
}
