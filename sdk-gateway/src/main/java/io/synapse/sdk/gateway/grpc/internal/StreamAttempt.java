package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt at a stream: its permit, its call, and the few messages that are here already. Thread-safe. */
final class StreamAttempt implements AutoCloseable {
    /** How many messages are here before they are read. */
    static final int WINDOW = 16;

    private final GrpcCall<?> call;
    private final ServiceChannel channel;
    private final GrpcErrors errors;
    private final CallTracer tracer = new CallTracer();
    private final Deque<Message> messages = new ArrayDeque<>();
    private CallLimit.@Nullable Permit permit;
    private @Nullable ClientCall<Message, Message> running;
    private @Nullable FailedAttempt failed;
    private boolean ended;

    StreamAttempt(GrpcCall<?> call, ServiceChannel channel, GrpcEngine engine) {
        this.call = call;
        this.channel = channel;
        this.errors = engine.errors(call, channel);
    }

    /**
     * What was waited for.
     *
     * @param message a message; null at the end
     * @param failed how the attempt failed; null if it did not
     */
    record Received(@Nullable Message message, @Nullable FailedAttempt failed) {}

    GrpcErrors errors() {
        return errors;
    }

    boolean isSent() {
        return tracer.isSent();
    }

    /** Whether the server itself has said how it ended. */
    boolean isAnswered() {
        return tracer.isAnswered();
    }

    /** Asks for a permit; the request is sent when it is there. */
    synchronized void begin() {
        Optional<CallLimit.Permit> acquired = channel.limit().acquire(this::start);
        if (acquired.isEmpty()) {
            end(errors.queueFull(channel.limit().inFlight(), channel.limit().queued()));
            return;
        }
        permit = acquired.get();
        if (acquired.get().immediate()) {
            start();
        }
    }

    private synchronized void start() {
        if (!ended) {
            running = channel.start(call, Deadline.NONE, tracer, WINDOW, new Messages());
        }
    }

    /** Waits for the next message or the end. */
    synchronized Received take(Deadline limit) throws InterruptedException {
        while (messages.isEmpty() && !ended) {
            if (limit.isOver()) {
                Kind kind = running == null ? Kind.CALL : Kind.READ;
                end(errors.timeout(kind, limit.limit(), tracer.isSent()));
                cancelCall("nothing came in time");
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, limit.leftNanos());
            }
        }
        Message message = messages.poll();
        if (message == null) {
            return new Received(null, failed);
        }
        if (running != null && !ended) {
            running.request(1);
        }
        return new Received(message, null);
    }

    /** Waits so long, or until it is cancelled. */
    synchronized void pause(Duration pause) throws InterruptedException {
        if (pause.isZero()) {
            return; // as a limit it would be none
        }
        Deadline end = Deadline.after(pause);
        while (!end.isOver() && !isCancelled()) {
            TimeUnit.NANOSECONDS.timedWait(this, end.leftNanos());
        }
    }

    private boolean isCancelled() {
        return failed != null && failed.failure().statusCode() == 499;
    }

    /** Ends it, and tells the server. */
    void cancel(String why) {
        synchronized (this) {
            messages.clear();
            failed = errors.cancelled(why, tracer.isSent());
            ended = true;
            notifyAll();
            cancelCall(why);
        }
        close();
    }

    private void cancelCall(String why) {
        if (running != null) {
            running.cancel(why, null);
        }
    }

    private synchronized void end(@Nullable FailedAttempt how) {
        if (!ended) {
            ended = true;
            failed = how;
            notifyAll();
        }
    }

    /** Gives the permit back, without a lock: the next one that waits is started on this thread. */
    @Override
    public void close() {
        CallLimit.Permit held;
        synchronized (this) {
            held = permit;
            permit = null;
        }
        if (held != null) {
            held.close();
        }
    }

    /** Takes what gRPC delivers. */
    private final class Messages extends ClientCall.Listener<Message> {
        @Override
        public void onMessage(Message message) {
            synchronized (StreamAttempt.this) {
                if (!ended) {
                    messages.add(message);
                    StreamAttempt.this.notifyAll();
                }
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end(status.isOk() ? null : errors.of(status, trailers, tracer.isSent(), Deadline.NONE));
            close();
        }
    }
}
