package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.Failure;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.RetryDecision;
import io.synapse.sdk.internal.publish.Pulled;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream, pulled: gRPC is asked for as many as there is room for, so the server waits for a slow
 * reader. One thread reads; any may close.
 */
final class MessageStream<T> implements EventStream<T>, Pulled<T, @Nullable Void>, Iterator<T>, Execution {
    private static final String CLOSED = "the stream was closed";

    private final GrpcEngine engine;
    private final GrpcCall<T> call;
    private final AtomicBoolean read = new AtomicBoolean();
    private volatile @Nullable String cancelReason;
    private volatile @Nullable StreamAttempt attempt;

    private @Nullable Deadline firstMessage;
    private @Nullable T next;
    private boolean ended;
    private int attempts;
    private long delivered;
    private boolean replyLost;

    MessageStream(GrpcEngine engine, GrpcCall<T> call) {
        this.engine = engine;
        this.call = call;
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
                throw cancelled(Failures.ofCancellation(nameOfCall(), reason(), replyLost, null));
            }
            return false;
        }
        try {
            next = readNext();
            ended = next == null;
        } catch (RuntimeException e) {
            ended = true;
            throw e;
        } finally {
            if (ended) {
                release();
            }
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
        delivered++;
        return message;
    }

    /** The next message; null at the end. Begins again after failures that allow it. */
    private @Nullable T readNext() {
        while (true) {
            StreamAttempt current = attempt;
            StreamAttempt reading = current == null ? begin() : current;
            try {
                StreamAttempt.Received received = reading.take(limit());
                if (received.failed() == null) {
                    return received.message() == null ? null : call.reader().apply(received.message());
                }
                pauseAfter(reading, received.failed());
            } catch (InterruptedException e) {
                reading.cancel(Failures.INTERRUPTED);
                Thread.currentThread().interrupt();
                throw cancelled(reading.errors().cancelled(Failures.INTERRUPTED, replyLost || reading.isSent()));
            }
        }
    }

    private StreamAttempt begin() {
        if (firstMessage == null) {
            firstMessage = Deadline.after(engine.timeout(call));
            engine.begun(this);
        }
        attempts++;
        StreamAttempt begun = new StreamAttempt(call, engine.channel(call), engine);
        attempt = begun;
        String why = cancelReason;
        if (why == null) {
            begun.begin();
        } else {
            begun.cancel(why);
        }
        return begun;
    }

    /** Until the first message there is one limit for all attempts, then one for each message. */
    private Deadline limit() {
        return delivered == 0 && firstMessage != null ? firstMessage : Deadline.after(engine.timeout(call));
    }

    private void pauseAfter(StreamAttempt failedOne, FailedAttempt how) throws InterruptedException {
        failedOne.close();
        replyLost |= how.failure().mayHaveBeenExecuted();
        if (cancelReason != null) {
            throw cancelled(how);
        }
        if (delivered > 0) {
            throw how.passing() ? cut(how) : how.exception(attempts);
        }
        Deadline left = limit();
        Optional<Duration> pause = RetryDecision.pauseAfter(
                engine.settings().retries(), how, attempts, call.repeatable(), left.left(), Clock.SYSTEM.random());
        if (pause.isEmpty()) {
            throw (replyLost ? how.afterLostReply() : how).exception(attempts);
        }
        failedOne.pause(pause.get());
        attempt = null;
    }

    private StreamCutException cut(FailedAttempt how) {
        ClientException cause = how.exception(attempts);
        Failure failure = cause.failure()
                .message("the stream ended after " + delivered + " messages and before its end: " + cause.getMessage())
                .mayHaveBeenExecuted(true);
        return new StreamCutException(failure, delivered, cause);
    }

    private ClientException cancelled(FailedAttempt how) {
        ClientException failure = how.exception(attempts);
        return failure instanceof CallCancelledException
                ? failure
                : Failures.ofCancellation(nameOfCall(), reason(), replyLost, failure)
                        .exception(attempts);
    }

    private String reason() {
        String why = cancelReason;
        return why == null ? CLOSED : why;
    }

    private String nameOfCall() {
        return "gRPC " + call.method().getFullMethodName();
    }

    private void release() {
        engine.ended(this);
        StreamAttempt last = attempt;
        if (last != null) {
            last.close();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // there is no other Void
    public @Nullable Void result() {
        return null;
    }

    @Override
    public void close() {
        cancel(CLOSED);
    }

    @Override
    public void cancel(String why) {
        if (cancelReason == null) {
            cancelReason = why;
        }
        StreamAttempt current = attempt;
        if (current != null) {
            current.cancel(why);
        }
        engine.ended(this);
    }
}
