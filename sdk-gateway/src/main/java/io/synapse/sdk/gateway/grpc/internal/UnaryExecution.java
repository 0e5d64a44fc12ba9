package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.RetryDecision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call with one answer: waits for a permit, sends the request, and sends it again as the {@link RetryDecision} says,
 * all within one deadline. It occupies no thread while it waits. Thread-safe.
 */
final class UnaryExecution<T> implements Execution {
    private final GrpcEngine engine;
    private final GrpcCall<T> call;
    private final ServiceChannel channel;
    private final GrpcErrors errors;
    private final Deadline deadline;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    private CallTracer tracer = new CallTracer();
    private CallLimit.@Nullable Permit permit;
    private @Nullable ClientCall<Message, Message> current;
    private @Nullable Future<?> alarm;
    private int attempts;
    private boolean replyLost;
    private boolean over;

    UnaryExecution(GrpcEngine engine, GrpcCall<T> call) {
        this.engine = engine;
        this.call = call;
        this.channel = engine.channel(call);
        this.errors = engine.errors(call, channel);
        this.deadline = Deadline.after(engine.timeout(call));
    }

    /** The result; fails as a blocking call throws. */
    CompletableFuture<T> future() {
        return future;
    }

    /** Asks for a permit, and sends the request when it has one. */
    void attempt() {
        FailedAttempt refused = null;
        synchronized (this) {
            if (over) {
                return;
            }
            attempts++;
            Optional<CallLimit.Permit> acquired = channel.limit().acquire(this::send);
            if (acquired.isEmpty()) {
                refused = errors.queueFull(
                        channel.limit().inFlight(), channel.limit().queued());
            } else {
                permit = acquired.get();
                if (acquired.get().immediate()) {
                    send();
                } else {
                    alarm = schedule(this::waitedTooLong, deadline.left());
                }
            }
        }
        if (refused != null) {
            fail(refused, attempts - 1);
        }
    }

    private void waitedTooLong() {
        fail(errors.timeout(Kind.CALL, deadline.limit(), false), attempts - 1);
    }

    private synchronized void send() {
        if (over) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        tracer = new CallTracer();
        current = channel.start(call, deadline, tracer, 2, new Answer());
    }

    /** Collects the answer of one attempt. */
    private final class Answer extends ClientCall.Listener<Message> {
        private @Nullable Message message;
        private boolean second;

        @Override
        public void onMessage(Message received) {
            second = message != null;
            message = received;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed(status, trailers, message, second);
        }
    }

    private void closed(Status status, Metadata trailers, @Nullable Message message, boolean second) {
        giveBack();
        if (!status.isOk()) {
            settle(errors.of(status, trailers, tracer.isSent(), deadline));
        } else if (message == null || second) {
            String why = second ? "it has more than one message" : "it has no message";
            fail(errors.unexpected(why, null), attempts);
        } else {
            succeed(message);
        }
    }

    private void succeed(Message message) {
        T result;
        try {
            result = call.reader().apply(message);
        } catch (RuntimeException e) {
            fail(errors.unexpected("its message cannot be read", e), attempts);
            return;
        }
        if (finish()) {
            future.complete(result);
        }
    }

    private void settle(FailedAttempt how) {
        synchronized (this) {
            replyLost |= how.failure().mayHaveBeenExecuted();
        }
        Optional<Duration> pause = RetryDecision.pauseAfter(
                engine.settings().retries(), how, attempts, call.repeatable(), deadline.left(), Clock.SYSTEM.random());
        if (pause.isEmpty()) {
            fail(how, attempts);
            return;
        }
        synchronized (this) {
            if (!over) {
                alarm = schedule(this::attempt, pause.get());
            }
        }
    }

    private void fail(FailedAttempt how, int number) {
        boolean lost;
        synchronized (this) {
            lost = replyLost;
        }
        if (finish()) {
            future.completeExceptionally((lost ? how.afterLostReply() : how).exception(number));
        }
    }

    @Override
    public void cancel(String why) {
        ClientCall<Message, Message> running;
        int number;
        boolean maybe;
        synchronized (this) {
            running = current;
            number = attempts;
            maybe = replyLost || tracer.isSent();
        }
        if (finish()) {
            if (running != null) {
                running.cancel(why, null);
            }
            future.completeExceptionally(errors.cancelled(why, maybe).exception(number));
        }
    }

    /** Ends the execution; false if it has ended before. */
    private boolean finish() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
        engine.ended(this);
        giveBack();
        return true;
    }

    /** Without a lock: the next one that waits is started on this thread. */
    private void giveBack() {
        CallLimit.Permit held;
        synchronized (this) {
            held = permit;
            permit = null;
        }
        if (held != null) {
            held.close();
        }
    }

    /** The task runs where results are given, not on the timer. */
    private Future<?> schedule(Runnable task, Duration delay) {
        ScheduledExecutorService timer = engine.transport().timer();
        return timer.schedule(() -> engine.transport().calls().execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
