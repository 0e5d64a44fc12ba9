package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, and the log in one debug line, how a call goes. */
final class CallReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");
    private static final AtomicLong IDS = new AtomicLong();

    private final CallEngine engine;
    private final ClientListener listener;
    private final ClientListener.Call call;
    private final long start;
    private long attemptStart;
    private ClientListener.@Nullable Attempt last;

    CallReport(CallEngine engine, Endpoint<?> endpoint, Address address) {
        this.engine = engine;
        this.listener = engine.transport().settings().listener();
        this.call = new ClientListener.Call(IDS.incrementAndGet(), endpoint.method(), address.toString());
        this.start = engine.nanoTime();
    }

    String request() {
        return call.method() + " " + call.url();
    }

    void started() {
        tell(to -> to.callStarted(call));
    }

    void attemptStarted() {
        attemptStart = engine.nanoTime();
    }

    void attemptFinished(int number, Outcome<?> outcome) {
        FailedAttempt failed = outcome.failed();
        Optional<ClientException> failure = failed == null ? Optional.empty() : Optional.of(failed.exception(number));
        ClientListener.Attempt attempt = new ClientListener.Attempt(
                number,
                outcome.statusCode(),
                Duration.ofNanos(engine.nanoTime() - attemptStart),
                outcome.bytesSent(),
                outcome.bytesReceived(),
                failure);
        last = attempt;
        tell(to -> to.attemptFinished(call, attempt));
    }

    void retrying(Duration delay) {
        ClientListener.Attempt failed = last;
        if (failed != null) {
            tell(to -> to.retryScheduled(call, failed, delay));
        }
    }

    void finished() {
        ClientListener.Attempt attempt = last;
        if (attempt == null) {
            return;
        }
        Duration duration = Duration.ofNanos(engine.nanoTime() - start);
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} in {} ms, {} attempts, {} bytes",
                    request(),
                    attempt.failure().map(ClientException::getMessage).orElse("succeeded"),
                    duration.toMillis(),
                    attempt.number(),
                    attempt.bytesReceived());
        }
        tell(to -> to.callFinished(call, attempt, duration));
    }

    /** A listener's own failure must not become the call's. */
    private void tell(Consumer<ClientListener> event) {
        if (listener == ClientListener.NONE) {
            return;
        }
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a client listener failed", e);
        }
    }
}
