package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.balance.AttemptResult;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.resilience.Admission;
import io.synapse.sdk.internal.resilience.Layers;
import io.synapse.sdk.internal.resilience.ServerPermit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt at a stream: its permit, its call, and the few messages that are here already. Thread-safe. */
final class StreamAttempt implements AutoCloseable {
    /** How many messages are here before they are read. */
    static final int WINDOW = 16;

    private final GrpcCall<?> call;
    private final GrpcEngine engine;
    private final Clock clock;
    private final CallTracer tracer = new CallTracer();
    private final Deque<Message> messages = new ArrayDeque<>();
    private @Nullable ServerPermit permit;
    private GrpcErrors errors;
    private long startedAt;
    private @Nullable ClientCall<Message, Message> running;
    private @Nullable FailedAttempt failed;
    private boolean ended;
    private boolean closed;

    StreamAttempt(GrpcCall<?> call, GrpcEngine engine) {
        this.call = call;
        this.engine = engine;
        this.clock = engine.operations().clock();
        this.errors = engine.errors(call, engine.servers(call.service()).all().get(0));
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

    boolean mayBeSent() {
        return tracer.mayBeSent();
    }

    /** Whether the server itself has said how it ended. */
    boolean isAnswered() {
        return tracer.isAnswered();
    }

    /**
     * Asks for leave to send the request, which is sent when it is given.
     *
     * @param only the one server that has the stream; null for any
     * @param failedServers those that are asked only when there is no other
     */
    synchronized void begin(@Nullable Server only, List<Server> failedServers) {
        Layers layers = engine.operations().layers();
        Servers servers = engine.servers(call.service());
        Admission admission = only == null
                ? layers.admit(servers, failedServers, this::start)
                : layers.admitAt(only, servers, this::start);
        if (admission instanceof Admission.Refused refused) {
            end(refused.failure(errors.request(), null));
        } else if (admission instanceof ServerPermit given) {
            permit = given;
            errors = engine.errors(call, given.server());
            start();
        }
    }

    /** Does nothing before leave is given, and when it has started. */
    private synchronized void start() {
        ServerPermit given = permit;
        if (!ended && running == null && given != null && given.isGranted()) {
            startedAt = clock.nanoTime();
            try {
                running = engine.channel(given.server())
                        .start(call, CallOptions.DEFAULT, Deadline.NONE, tracer, WINDOW, new Messages());
            } catch (IllegalStateException e) { // on the thread of who gave the place; the client was closed meanwhile
                end(errors.cancelled("the client was closed", false));
            }
        }
    }

    /** The server that was asked; null before that. */
    synchronized @Nullable Server server() {
        return permit == null ? null : permit.server();
    }

    /** Waits for the next message or the end. */
    synchronized Received take(Deadline limit) throws InterruptedException {
        while (messages.isEmpty() && !ended) {
            if (limit.isOver()) {
                Kind kind = running == null ? Kind.CALL : Kind.READ;
                end(errors.timeout(kind, limit.limit(), tracer.mayBeSent()));
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
            failed = errors.cancelled(why, tracer.mayBeSent());
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
        ServerPermit given;
        AttemptResult result;
        long now = clock.nanoTime();
        synchronized (this) {
            given = closed ? null : permit;
            closed |= given != null;
            result = running == null || failed == null ? AttemptResult.WITHDRAWN : AttemptResult.of(failed);
        }
        if (given != null) {
            given.end(result, now - startedAt, now);
        }
    }

    /** The first message tells that the server is well, however long the stream goes on. */
    private void answered() {
        ServerPermit given = permit;
        if (given != null) {
            long now = clock.nanoTime();
            given.report(AttemptResult.ANSWERED, now - startedAt, now);
        }
    }

    /** Takes what gRPC delivers. */
    private final class Messages extends ClientCall.Listener<Message> {
        @Override
        public void onMessage(Message message) {
            synchronized (StreamAttempt.this) {
                if (!ended) {
                    answered();
                    messages.add(message);
                    StreamAttempt.this.notifyAll();
                }
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end(status.isOk() ? null : errors.of(status, trailers, tracer.isSent(status), Deadline.NONE));
            close();
        }
    }
}
