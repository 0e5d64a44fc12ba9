package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One attempt of a call with one answer. */
final class UnaryExchange<T> implements Exchange<T> {
    /** One more than there should be, to see whether there is. */
    private static final int WINDOW = 2;

    private final GrpcCall<T> call;
    private final ServiceChannel channel;
    private final GrpcErrors errors;
    private final Deadline deadline;
    private final CallTracer tracer = new CallTracer();
    private final Answer answer = new Answer();
    private @Nullable ClientCall<Message, Message> running;
    private @Nullable String abortReason;

    UnaryExchange(GrpcCall<T> call, ServiceChannel channel, GrpcErrors errors, Deadline deadline) {
        this.call = call;
        this.channel = channel;
        this.errors = errors;
        this.deadline = deadline;
    }

    @Override
    public Outcome<T> run() {
        start();
        try {
            answer.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort(Failures.INTERRUPTED);
        } finally {
            answer.leave();
        }
        String why = abortReason();
        return why == null ? outcome() : failed(errors.cancelled(why, tracer.mayBeSent()));
    }

    private synchronized void start() {
        if (abortReason == null) {
            running = channel.start(call, CallOptions.DEFAULT.withExecutor(answer), deadline, tracer, WINDOW, answer);
        }
    }

    @Override
    public synchronized void abort(String why) {
        if (abortReason == null) {
            abortReason = why;
            if (running != null) {
                running.cancel(why, null);
            }
            answer.end();
        }
    }

    private synchronized @Nullable String abortReason() {
        return abortReason;
    }

    @Override
    public String request() {
        return GrpcEngine.nameOf(call);
    }

    private Outcome<T> outcome() {
        Status status = answer.status;
        Metadata trailers = answer.trailers;
        Message message = answer.message;
        if (status == null || trailers == null) {
            throw new IllegalStateException("the call has not ended");
        }
        if (!status.isOk()) {
            return failed(errors.of(status, trailers, tracer.isSent(status), deadline));
        }
        if (message == null || answer.second) {
            String why = answer.second ? "it has more than one message" : "it has no message";
            return failed(errors.unexpected(why, null));
        }
        try {
            return new Outcome<>(
                    call.reader().apply(message),
                    null,
                    OptionalInt.of(200),
                    call.request().getSerializedSize(),
                    tracer.received());
        } catch (RuntimeException e) {
            return failed(errors.unexpected("its message cannot be read", e));
        }
    }

    @SuppressWarnings("NullAway") // a failed attempt has no value
    private Outcome<T> failed(FailedAttempt how) {
        return new Outcome<>(null, how, OptionalInt.empty(), call.request().getSerializedSize(), 0);
    }

    /**
     * Takes what gRPC delivers, on the thread that waits for it: a thread between the connection and this one would cost
     * each call the time in which it wakes up.
     */
    private static final class Answer extends ClientCall.Listener<Message> implements Executor {
        private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
        private boolean left;
        private volatile boolean ended;
        private volatile @Nullable Message message;
        private volatile boolean second;
        private volatile @Nullable Status status;
        private volatile @Nullable Metadata trailers;

        @Override
        public void execute(Runnable delivery) {
            synchronized (this) {
                if (!left) {
                    deliveries.add(delivery);
                    return;
                }
            }
            delivery.run(); // gRPC frees what came after the end
        }

        /** Takes what is delivered until the call has ended. */
        void awaitEnd() throws InterruptedException {
            while (!ended) {
                deliveries.take().run();
            }
        }

        /** Nobody waits any more. */
        void leave() {
            synchronized (this) {
                left = true;
            }
            for (Runnable rest = deliveries.poll(); rest != null; rest = deliveries.poll()) {
                rest.run();
            }
        }

        void end() {
            ended = true;
            deliveries.add(() -> {}); // wakes up who waits
        }

        @Override
        public void onMessage(Message received) {
            second = message != null;
            message = received;
        }

        @Override
        public void onClose(Status how, Metadata with) {
            trailers = with;
            status = how;
            end();
        }
    }
}
