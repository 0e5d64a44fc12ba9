package io.synapse.sdk.internal.event;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.HttpStream;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.RequestHash;
import io.synapse.sdk.internal.operation.RetryDecision;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads events, each once, over as many connections as it takes. Read by one thread, which does all the work; closed by
 * any.
 */
final class EventReader<T> implements AutoCloseable {
    private final EventEndpoint<T> endpoint;
    private final HttpTransport transport;
    private final Clock clock;
    private final Set<EventReader<?>> underWay;
    private final Duration silence;
    private final byte[] buffer = new byte[16 << 10];
    private final CountDownLatch closed = new CountDownLatch(1);
    private final EventReport report;

    private volatile boolean reading;
    private volatile @Nullable Thread reader;
    private volatile @Nullable HttpStream connection;
    private EventParser parser = new EventParser();
    private @Nullable RuntimeException failure;
    private boolean complete;
    private long delivered;

    private final StreamCheckpoint checkpoint;
    private boolean started;

    /** Whether the server has begun to answer. */
    private boolean begun;

    /** Whether a request may have been executed although its reply was lost. */
    private boolean replyLost;

    /** The place of the last event; null when it has none, so that the stream cannot be continued. */
    private @Nullable EventPosition position;

    /** The id of the last event that had one, of an endless stream. */
    private @Nullable String lastId;

    /** Whether events of an endless stream may have been missed, which the reader is to be told. */
    private boolean hasGap;

    /** The server of the last connection: it alone has the stream that is to be continued. */
    private @Nullable BaseUrl server;

    /** Connections since the last event. */
    private int attempts;

    private Deadline reconnectDeadline = Deadline.NONE;

    /**
     * A reader that has not begun.
     *
     * @param underWay where it notes itself while it may have a connection; a set for use by several threads
     */
    EventReader(EventEndpoint<T> endpoint, HttpTransport transport, Clock clock, Set<EventReader<?>> underWay) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.clock = clock;
        this.underWay = underWay;
        this.checkpoint = endpoint.checkpointStore()
                .map(store ->
                        new StreamCheckpoint(store, endpoint.checkpointName(), RequestHash.of(endpoint.request())))
                .orElse(StreamCheckpoint.NONE);
        this.report = new EventReport(
                transport.settings().calls().listener(),
                endpoint.request().method(),
                endpoint.request().pathTemplate(),
                clock::nanoTime);
        this.silence =
                endpoint.request().readTimeout().orElse(transport.settings().readTimeout());
    }

    /**
     * Waits for the next event; null after the last.
     *
     * @throws ClientException when there will be none; again on every further call
     */
    @Nullable
    T next() {
        reading = true;
        reader = Thread.currentThread();
        try {
            checkpoint.save();
            start();
            return read();
        } catch (RuntimeException e) {
            failure = e;
            end();
            throw e;
        } finally {
            reading = false;
            if (isClosed()) {
                end(); // a close that came meanwhile could only cut the connection
            }
        }
    }

    /** The event that {@link #next} returned last is the caller's now. */
    void delivered() {
        EventPosition at = position;
        BaseUrl from = server;
        if (at != null && from != null) {
            checkpoint.delivered(from.toString(), at.stream(), at.number());
        }
    }

    private void start() {
        if (!started) {
            started = true;
            checkpoint.load().ifPresent(this::goOn);
        }
    }

    private void goOn(Checkpoint known) {
        position = new EventPosition(known.stream(), known.number());
        begun = true;
        BaseUrl at = BaseUrl.parse(known.server());
        server = transport.streamServers().includes(at) ? at : null; // what is secret goes to no other
        reconnectDeadline = newReconnectDeadline();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (Thread.currentThread() == reader) { // another thread does not know what is done with the last event
                checkpoint.save();
            }
        } finally {
            HttpStream open = connection;
            if (!reading) {
                end();
            } else if (open != null) {
                open.abort();
            }
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private @Nullable T read() {
        if (complete) {
            checkpoint.remove();
        }
        while (!complete) {
            if (failure != null) {
                throw failure;
            }
            requireOpen();
            if (hasGap) {
                hasGap = false;
                return endpoint.gap().orElse(null);
            }
            ServerSentEvent event = parser.poll();
            HttpStream open = connection;
            if (event != null) {
                T decoded = accept(event);
                if (decoded != null) {
                    return decoded;
                }
            } else if (open == null) {
                connect();
            } else {
                receive(open);
            }
        }
        return null;
    }

    /** Returns null for an event that was delivered before, or is not to be. */
    private @Nullable T accept(ServerSentEvent event) {
        if (endpoint.isEndless()) {
            return acceptNumbered(event);
        }
        EventPosition at = endpoint.isResumable() ? EventPosition.of(event.id()) : null;
        EventPosition before = position;
        if (at != null && before != null && at.isRepeatedAfter(before)) {
            return null;
        }
        if (at == null && before != null) {
            throw cut("an event without a number came after " + before, null);
        }
        if (at != null && (before == null ? delivered == 0 && at.number() != 1 : !at.isNextAfter(before))) {
            throw cut("event " + at + " came after " + (before == null ? "none" : before), null);
        }
        T decoded = endpoint.decode(event);
        position = at;
        delivered++;
        report.event();
        attempts = 0;
        if (decoded != null && endpoint.isLast(decoded)) {
            complete = true;
            end();
        }
        return decoded;
    }

    private @Nullable T acceptNumbered(ServerSentEvent event) {
        String id = event.id();
        T decoded = endpoint.decode(event);
        boolean isGap = decoded != null && endpoint.isGap(decoded);
        if (!isGap && EventPosition.isRepeated(id, lastId)) {
            return null;
        }
        lastId = id == null ? lastId : id;
        delivered++;
        report.event();
        return decoded;
    }

    private void connect() {
        if (underWay.add(this)) {
            report.started();
        }
        if (transport.isClosed()) {
            throw cancelled("its client was closed");
        }
        attempts++;
        String from = endpoint.isEndless() ? lastId : position == null ? null : position.toString();
        Endpoint<?> request =
                from == null ? endpoint.request() : endpoint.request().header("Last-Event-ID", from);
        HttpStream opening = transport.events(from == null ? null : server, request);
        connection = opening;
        if (isClosed()) {
            opening.abort();
        }
        FailedAttempt failed = opening.tryOpen();
        server = opening.server() == null ? server : opening.server();
        if (failed == null) {
            hasGap = begun && from == null && endpoint.isEndless();
            begun = true;
            parser = new EventParser();
        } else {
            retry(failed, opening.server() == null ? attempts - 1 : attempts);
        }
    }

    private void receive(HttpStream open) {
        try {
            int length = open.read(buffer, 0, buffer.length, silence);
            if (length < 0) {
                throw new EOFException("the server ended the stream before its last event");
            }
            report.received(length);
            parser.add(buffer, length);
            if (endpoint.isEndless()) {
                attempts = 0; // comments too show that the server is there
            }
        } catch (IOException e) {
            retry(open.failure(e), Math.max(1, attempts));
        }
    }

    /**
     * A connection, or the attempt to make one, is over: connects again after a pause, if that may help.
     *
     * @param sent how many requests were sent since the last event
     */
    private void retry(FailedAttempt failed, int sent) {
        hangUp();
        requireOpen();
        replyLost |= failed.failure().mayHaveBeenExecuted();
        ClientException why = (replyLost ? failed.afterLostReply() : failed).exception(sent);
        if (why instanceof CallCancelledException) {
            throw why;
        }
        if (begun && position == null && !endpoint.isEndless()) {
            throw cut("its server does not number the events, so that it cannot be continued", why);
        }
        Optional<Duration> pause = begun ? pauseBeforeContinuing(failed) : pauseBeforeRetry(failed);
        if (pause.isEmpty()) {
            throw begun ? cut("it cannot be continued", why) : why;
        }
        report.reconnecting(String.valueOf(why.getMessage()), pause.get());
        sleep(pause.get());
    }

    private Optional<Duration> pauseBeforeRetry(FailedAttempt failed) {
        RetryPolicy policy = transport.settings().calls().retryPolicy();
        boolean idempotent = endpoint.request().isIdempotent();
        return RetryDecision.pauseAfter(policy, failed, attempts, idempotent, Deadline.NONE.left(), clock.random());
    }

    private Optional<Duration> pauseBeforeContinuing(FailedAttempt failed) {
        if (attempts == 0) {
            reconnectDeadline = newReconnectDeadline();
        }
        // a server that hangs up on each connection again and again must not be asked without a pause
        int failures = endpoint.isEndless() ? attempts + 1 : attempts;
        return RetryDecision.pauseBeforeContinuing(failed, failures, reconnectDeadline.left(), clock.random());
    }

    private Deadline newReconnectDeadline() {
        Duration limit = RetryDecision.reconnectTimeout(transport.settings().calls());
        return Deadline.of(clock::nanoTime, clock.nanoTime(), limit);
    }

    private void sleep(Duration pause) {
        try {
            clock.sleep(pause, closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(Failures.INTERRUPTED);
        }
    }

    private void requireOpen() {
        if (isClosed()) {
            throw cancelled("it was closed");
        }
    }

    private StreamCutException cut(String why, @Nullable ClientException cause) {
        return Failures.ofCut("the stream of " + endpoint.request(), delivered, why, cause);
    }

    private ClientException cancelled(String why) {
        return Failures.ofCancellation("the stream of " + endpoint.request(), why, begun, null)
                .exception(attempts);
    }

    private void hangUp() {
        HttpStream open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private void end() {
        hangUp();
        if (underWay.remove(this)) {
            report.ended(isClosed() ? null : failure);
        }
    }
}
