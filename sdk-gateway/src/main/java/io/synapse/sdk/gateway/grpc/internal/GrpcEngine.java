package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.Failure;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Secrets;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.publish.PublishedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Performs calls, for the blocking client and its asynchronous twin. Thread-safe. */
public final class GrpcEngine implements AutoCloseable {
    private static final String CLIENT_CLOSED = "the client was closed";

    private final GrpcSettings settings;
    private final Clock clock;
    private final GrpcTransport transport;
    private final Secrets secrets;
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** An engine without connections and threads. */
    public GrpcEngine(GrpcSettings settings) {
        this(settings, Clock.SYSTEM);
    }

    /** The same, with the clock for the reconnects of streams. */
    public GrpcEngine(GrpcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.transport = new GrpcTransport(settings);
        this.secrets = settings.token() == null ? Secrets.NONE : Secrets.of(List.of(settings.token()));
    }

    /** Performs a call; cancelling the future cancels it at the server. */
    public <T> CompletableFuture<T> performAsync(GrpcCall<T> call) {
        UnaryExecution<T> execution = begin(call);
        CompletableFuture<T> future = execution.future();
        future.whenComplete((result, failure) -> {
            if (future.isCancelled()) {
                execution.cancel("its future was cancelled");
            }
        });
        return future;
    }

    /** Performs a call on this thread; an interrupt cancels it at the server. */
    public <T> T perform(GrpcCall<T> call) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallCancelledException(
                    Failure.of(499, nameOf(call) + " was given up: " + Failures.INTERRUPTED), null);
        }
        UnaryExecution<T> execution = begin(call);
        CompletableFuture<T> future = execution.future();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    execution.cancel(Failures.INTERRUPTED); // completes the future
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A stream that sends its request with the first read. */
    public <T> EventStream<T> stream(GrpcCall<T> call) {
        checkSize(call);
        return new MessageStream<>(this, call);
    }

    /** The same, read by a thread of the client. */
    public <T> EventPublisher<T> publish(GrpcCall<T> call) {
        checkSize(call);
        return new PublishedEvents<>(new MessageStream<>(this, call), transport::streams);
    }

    private <T> UnaryExecution<T> begin(GrpcCall<T> call) {
        checkSize(call);
        UnaryExecution<T> execution = new UnaryExecution<>(this, call);
        begun(execution);
        execution.attempt();
        return execution;
    }

    private void checkSize(GrpcCall<?> call) {
        int size = call.request().getSerializedSize();
        if (size > settings.maxMessageSize()) {
            throw BadRequestException.refused(nameOf(call) + " needs a message of " + size + " bytes, and "
                    + settings.maxMessageSize() + " are allowed");
        }
    }

    GrpcSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    GrpcTransport transport() {
        return transport;
    }

    ServiceChannel channel(GrpcCall<?> call) {
        return transport.channel(call.service());
    }

    GrpcErrors errors(GrpcCall<?> call, ServiceChannel channel) {
        return new GrpcErrors(call, channel.address(), secrets);
    }

    Duration timeout(GrpcCall<?> call) {
        Duration own = settings.callTimeout();
        return own == null || call.timeout().isZero() ? call.timeout() : own;
    }

    /** What runs is cancelled when the client is closed, even if that happens just now. */
    void begun(Execution execution) {
        running.add(execution);
        if (closed) {
            execution.cancel(CLIENT_CLOSED);
        }
    }

    void ended(Execution execution) {
        running.remove(execution);
    }

    static String nameOf(GrpcCall<?> call) {
        return "gRPC " + call.method().getFullMethodName();
    }

    /** Cancels all calls, then ends connections and threads. */
    @Override
    public void close() {
        closed = true;
        running.forEach(execution -> execution.cancel(CLIENT_CLOSED));
        transport.close();
    }
}
