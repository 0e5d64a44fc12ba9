package io.synapse.sdk;

import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.event.EventEngine;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.StreamServers;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.OperationEngine;
import io.synapse.sdk.internal.resilience.InFlightLimit;
import io.synapse.sdk.internal.resilience.Layers;
import io.synapse.sdk.internal.resilience.StreamAdmission;
import io.synapse.sdk.internal.tail.TailEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The state shared by a blocking client, its asynchronous twin and their views: connections, threads and engines. */
final class ClientRuntime {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** The method of an operation interface is that far up at the most: this class and the client are below it. */
    private static final int FRAMES = 6;

    private final Servers servers;
    private final Layers layers;
    private final HttpTransport transport;
    private final ClientThreads threads;
    private final OperationEngine operations;
    private final TailEngine tails;
    private final EventEngine events;

    ClientRuntime(ConnectionSettings settings, Object dialect) {
        this.threads = new ClientThreads(settings.executor());
        this.servers =
                new Servers(settings.servers(), settings.loadBalancing(), Clock.SYSTEM::nanoTime, Clock.SYSTEM::random);
        this.layers = new Layers(Resilience.NONE, Clock.SYSTEM::nanoTime, InFlightLimit.of(dialect));
        this.transport = new HttpTransport(settings, streamServers(), ErrorReader.of(dialect), threads::timer);
        this.operations = new OperationEngine(settings.calls(), layers, servers, transport, dialect, Clock.SYSTEM);
        this.tails = new TailEngine(transport, operations, dialect, threads);
        this.events = new EventEngine(transport, Clock.SYSTEM, threads);
    }

    private ClientRuntime(ClientRuntime original, CallOptions options) {
        this.threads = original.threads;
        this.servers = original.servers;
        this.layers = original.layers.with(options);
        this.transport = original.transport.with(options, streamServers());
        this.operations = original.operations.with(options, layers, transport);
        this.tails = original.tails.with(transport, operations);
        this.events = original.events.with(transport);
    }

    ClientRuntime with(CallOptions options) {
        return new ClientRuntime(this, options);
    }

    <T extends @Nullable Object> T perform(Operation<T> operation) {
        requireOpen();
        return operations.perform(named(operation));
    }

    <T extends @Nullable Object> CompletableFuture<T> performAsync(Operation<T> operation) {
        requireOpen();
        return operations.performAsync(named(operation), threads.calls(), threads.timer());
    }

    LogStream follow(LogEndpoint log, TailOptions options) {
        requireOpen();
        return tails.follow(log, options);
    }

    LogPublisher publish(LogEndpoint log, TailOptions options) {
        requireOpen();
        return tails.publish(log, options);
    }

    <T> EventStream<T> follow(EventEndpoint<T> endpoint) {
        requireOpen();
        return events.follow(endpoint);
    }

    <T> EventPublisher<T> publish(EventEndpoint<T> endpoint) {
        requireOpen();
        return events.publish(endpoint);
    }

    List<ServerStatus> servers() {
        return layers.status(servers);
    }

    private StreamServers streamServers() {
        return new StreamAdmission(layers, servers, Clock.SYSTEM::nanoTime);
    }

    String address() {
        return servers.all().stream().map(Server::toString).collect(Collectors.joining(", "));
    }

    /** All of it, whatever a part of it throws; the first failure is thrown then. */
    void close() {
        RuntimeException failure = null;
        List<Runnable> parts =
                List.of(transport::close, operations::close, tails::close, events::close, threads::close);
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void requireOpen() {
        if (transport.isClosed()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** Named for a listener after the method of the operation interface that was called, if it was one. */
    private <T extends @Nullable Object> Operation<T> named(Operation<T> operation) {
        return transport.settings().calls().listener() == ClientListener.NONE
                ? operation
                : WALKER.walk(frames -> frames.limit(FRAMES)
                                .filter(frame -> isOperationInterface(frame.getDeclaringClass()))
                                .map(StackWalker.StackFrame::getMethodName)
                                .findFirst())
                        .map(operation::named)
                        .orElse(operation);
    }

    private static boolean isOperationInterface(Class<?> caller) {
        return caller.isInterface()
                && (Performer.class.isAssignableFrom(caller) || AsyncPerformer.class.isAssignableFrom(caller));
    }
}
