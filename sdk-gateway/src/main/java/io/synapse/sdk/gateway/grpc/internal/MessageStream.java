package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.event.EventReport;
import io.synapse.sdk.internal.event.StreamCheckpoint;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.RetryDecision;
import io.synapse.sdk.internal.publish.Pulled;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream, pulled: gRPC is asked for as many as there is room for, so the server waits for a slow
 * reader. One thread reads; any may close.
 */
final class MessageStream<T> implements EventStream<T>, Pulled<T, @Nullable Void>, Iterator<T> {
    private static final String CLOSED = "the stream was closed";

    /** The status of an answer that came and cannot be read; it would be the same again. */
    private static final int UNREADABLE = 200;

    /** The status comes with the last message; gRPC logs a call that is cancelled before it is here. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(1);

    private final GrpcEngine engine;
    private final GrpcCall<T> call;
    private final StreamCheckpoint checkpoint;
    private final StreamProgress progress;
    private final EventReport report;
    private final AtomicBoolean read = new AtomicBoolean();
    private volatile @Nullable String cancelReason;
    private volatile @Nullable Thread reader;
    private volatile @Nullable StreamAttempt attempt;

    /** Until the next message, however many attempts it takes. */
    private Deadline limit = Deadline.NONE;

    private @Nullable T next;
    private boolean ended;
    private int attempts;
    private boolean replyLost;

    /** Attempts since the last message. */
    private int fruitless;

    /** The last server that was asked: it alone has the stream that is to be continued. */
    private @Nullable Server server;

    private List<Server> failedServers = List.of();

    private Deadline reconnectDeadline = Deadline.NONE;

    /**
     * A stream that has not begun.
     *
     * @param checkpoint how far an earlier reader came, and where it is kept
     */
    MessageStream(GrpcEngine engine, GrpcCall<T> call, StreamCheckpoint checkpoint) {
        this.engine = engine;
        this.call = call;
        this.checkpoint = checkpoint;
        this.progress = new StreamProgress(call);
        this.report = new EventReport(
                engine.operations().policy().listener(),
                HttpMethod.POST,
                "/" + call.method().getFullMethodName(),
                engine.operations().clock()::nanoTime);
    }

    @Override
    public Iterator<T> iterator() {
        if (read.getAndSet(true)) {
            throw new IllegalStateException("the stream was read already");
        }
        return this;
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        if (ended) {
            if (cancelReason != null) {
                throw cancelled(Failures.ofCancellation(GrpcEngine.nameOf(call), reason(), replyLost, null));
            }
            return false;
        }
        try {
            reader = Thread.currentThread();
            checkpoint.save();
            limit = Deadline.after(engine.silence(call));
            next = readNext();
            ended = next == null;
            if (ended) {
                checkpoint.remove();
                release(null);
            }
        } catch (RuntimeException e) {
            ended = true;
            release(e);
            throw e;
        }
        return next != null;
    }

    @Override
    public T next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        T message = next;
        next = null;
        Server from = server;
        if (progress.isNumbered() && from != null) {
            checkpoint.delivered(from.url().toString(), progress.streamId(), progress.sequence());
        }
        return message;
    }

    /** The next message; null at the end. Begins again after failures that allow it. */
    private @Nullable T readNext() {
        while (true) {
            StreamAttempt current = attempt;
            StreamAttempt reading = current == null ? begin() : current;
            try {
                StreamAttempt.Received received =
                        reading.take(progress.isComplete() ? Deadline.after(END_TIMEOUT) : limit);
                if (progress.isComplete()) {
                    return null;
                } else if (received.message() != null) {
                    report.received(received.message().getSerializedSize());
                    if (progress.accept(received.message())) {
                        fruitless = 0;
                        report.event();
                        server = reading.server();
                        return call.reader().apply(received.message());
                    }
                } else if (received.failed() != null) {
                    pauseAfter(reading, received.failed());
                } else if (progress.isEnd()) {
                    return null;
                } else {
                    pauseAfter(reading, reading.errors().endedEarly());
                }
            } catch (InterruptedException e) {
                reading.cancel(Failures.INTERRUPTED);
                Thread.currentThread().interrupt();
                throw cancelled(reading.errors().cancelled(Failures.INTERRUPTED, replyLost || reading.mayBeSent()));
            }
        }
    }

    private StreamAttempt begin() {
        if (attempts == 0) {
            report.started();
            engine.begun(this);
            checkpoint.load().ifPresent(this::goOn);
        }
        attempts++;
        fruitless++;
        StreamAttempt begun = new StreamAttempt(progress.nextCall(), engine);
        attempt = begun;
        String why = cancelReason;
        if (why == null) {
            begun.begin(progress.isNumbered() ? server : null, failedServers);
        } else {
            begun.cancel(why);
        }
        return begun;
    }

    private void goOn(Checkpoint known) {
        progress.goOnAfter(known.stream(), known.number());
        server = engine.servers(call.service()).all().stream()
                .filter(each -> each.url().equals(BaseUrl.parse(known.server())))
                .findFirst()
                .orElse(null);
        Clock clock = engine.operations().clock();
        reconnectDeadline = Deadline.of(clock::nanoTime, clock.nanoTime(), RetryDecision.RECONNECT_TIMEOUT);
    }

    private void pauseAfter(StreamAttempt failedOne, FailedAttempt how) throws InterruptedException {
        failedOne.close();
        Server failed = failedOne.server();
        if (failed != null) {
            server = failed;
            failedServers = List.of(failed);
        }
        replyLost |= how.failure().mayHaveBeenExecuted();
        if (cancelReason != null) {
            throw cancelled(how);
        }
        boolean begun = progress.delivered() > 0;
        Optional<Duration> pause = begun ? pauseBeforeContinuing(failedOne, how) : pauseBeforeRetry(how);
        if (pause.isEmpty()) {
            throw begun ? notContinued(failedOne, how) : (replyLost ? how.afterLostReply() : how).exception(attempts);
        }
        report.reconnecting(how.failure().message(), pause.get());
        failedOne.pause(pause.get());
        attempt = null;
    }

    private Optional<Duration> pauseBeforeRetry(FailedAttempt how) {
        return RetryDecision.pauseAfter(
                engine.operations().policy().retryPolicy(),
                how,
                attempts,
                call.repeatable(),
                limit.left(),
                engine.operations().clock().random());
    }

    private Optional<Duration> pauseBeforeContinuing(StreamAttempt failedOne, FailedAttempt how) {
        if (!progress.canContinue() || limit.isOver()) {
            return Optional.empty();
        }
        Clock clock = engine.operations().clock();
        if (fruitless == 0) {
            reconnectDeadline = Deadline.of(clock::nanoTime, clock.nanoTime(), RetryDecision.RECONNECT_TIMEOUT);
        }
        FailedAttempt cut = how.passing(isCut(failedOne, how));
        Duration left = limit.min(reconnectDeadline).left();
        return RetryDecision.pauseBeforeContinuing(cut, fruitless, left, clock.random());
    }

    /** Whether the way to the server broke, or the server says that it is passing. */
    private static boolean isCut(StreamAttempt failedOne, FailedAttempt how) {
        return how.passing() || !failedOne.isAnswered() && how.failure().statusCode() != UNREADABLE;
    }

    /** What the server says of a stream that was read without a cut is the failure itself. */
    private ClientException notContinued(StreamAttempt failedOne, FailedAttempt how) {
        ClientException why = how.exception(attempts);
        return isCut(failedOne, how) || fruitless > 0 ? progress.notContinued(why) : why;
    }

    private ClientException cancelled(FailedAttempt how) {
        ClientException failure = how.exception(attempts);
        return failure instanceof CallCancelledException
                ? failure
                : Failures.ofCancellation(GrpcEngine.nameOf(call), reason(), replyLost, failure)
                        .exception(attempts);
    }

    private String reason() {
        String why = cancelReason;
        return why == null ? CLOSED : why;
    }

    private void release(@Nullable RuntimeException failure) {
        engine.ended(this);
        report.ended(failure);
        StreamAttempt last = attempt;
        if (last != null) {
            last.cancel(CLOSED);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // there is no other Void
    public @Nullable Void result() {
        return null;
    }

    @Override
    public void close() {
        try {
            if (Thread.currentThread() == reader) { // another thread does not know what is done with the last message
                checkpoint.save();
            }
        } finally {
            cancel(CLOSED);
        }
    }

    /** Ends it, and tells the server; from any thread. */
    void cancel(String why) {
        if (cancelReason == null) {
            cancelReason = why;
        }
        StreamAttempt current = attempt;
        if (current != null) {
            current.cancel(why);
        }
        engine.ended(this);
        report.ended(null);
    }
}
