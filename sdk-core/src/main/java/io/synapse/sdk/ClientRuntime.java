package io.synapse.sdk;

import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.operation.AsyncPace;
import io.synapse.sdk.internal.operation.BlockingPace;
import io.synapse.sdk.internal.operation.CallEngine;
import io.synapse.sdk.internal.operation.Sleeper;
import io.synapse.sdk.internal.tail.TailEngine;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a blocking client and its asynchronous twin share: connections, threads, and the engines over them. */
final class ClientRuntime {
    private final HttpTransport transport;
    private final ClientThreads threads;
    private final CallEngine engine;
    private final TailEngine tails;
    /** Those of the asynchronous operations under way. */
    private final Set<AsyncPace> paces = ConcurrentHashMap.newKeySet();

    private final BlockingPace blocking = new BlockingPace(Sleeper.SYSTEM);

    ClientRuntime(ConnectionSettings settings, Object dialect) {
        this.transport = new HttpTransport(settings, ErrorReader.of(dialect));
        this.threads = new ClientThreads(settings.executor());
        this.engine = new CallEngine(
                transport,
                dialect,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        this.tails = new TailEngine(transport, engine, dialect, threads);
    }

    <T extends @Nullable Object> T perform(Operation<T> operation) {
        requireOpen();
        try {
            return engine.perform(operation, blocking).join();
        } catch (CompletionException e) {
            throw unchecked(e);
        }
    }

    <T extends @Nullable Object> CompletableFuture<T> performAsync(Operation<T> operation) {
        requireOpen();
        AsyncPace pace = new AsyncPace(threads.calls(), threads.timer());
        CompletableFuture<T> result = new CompletableFuture<>();
        paces.add(pace);
        result.whenComplete((value, failure) -> {
            paces.remove(pace);
            pace.cancel();
        });
        engine.perform(operation, pace).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(cause(failure));
            }
        });
        return result;
    }

    /** Threads that reject what comes after the client was closed have no better reason. */
    private Throwable cause(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RejectedExecutionException && transport.isClosed() ? closed() : cause;
    }

    private static CallCancelledException closed() {
        String why = "the operation was given up: the client was closed";
        return new CallCancelledException(new Failure(499, why, null, Map.of(), null, 1, true));
    }

    LogStream follow(LogEndpoint log, TailOptions options) {
        requireOpen();
        return tails.follow(log, options);
    }

    LogPublisher publish(LogEndpoint log, TailOptions options) {
        requireOpen();
        return tails.publish(log, options);
    }

    String address() {
        return transport.settings().baseUrl().toString();
    }

    void close() {
        transport.close();
        tails.close();
        threads.close();
        for (AsyncPace pace : paces) {
            pace.abandon(closed());
        }
    }

    private void requireOpen() {
        if (transport.isClosed()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** The failure itself; a checked one cannot come out of an operation. */
    private static RuntimeException unchecked(CompletionException wrapped) {
        if (wrapped.getCause() instanceof Error error) {
            throw error;
        }
        return wrapped.getCause() instanceof RuntimeException failure ? failure : wrapped;
    }
}
