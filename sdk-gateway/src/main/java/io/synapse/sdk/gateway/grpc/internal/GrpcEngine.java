package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.event.StreamCheckpoint;
import io.synapse.sdk.internal.http.Secrets;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.CompositeOperation.Direct;
import io.synapse.sdk.internal.operation.OperationEngine;
import io.synapse.sdk.internal.publish.PublishedEvents;
import io.synapse.sdk.internal.value.Sha256;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Performs calls, for the blocking client and its asynchronous twin: the SDK's loop over attempts, and streams. Thread-safe. */
public final class GrpcEngine implements AutoCloseable {
    private static final String CLIENT_CLOSED = "the client was closed";

    private final GrpcSettings settings;
    private final GrpcTransport transport;
    private final Map<GatewayService, Servers> servers;
    private final OperationEngine operations;
    private final Secrets secrets;
    private final Set<MessageStream<?>> streams;
    private volatile boolean closed;

    /** An engine without connections and threads. */
    public GrpcEngine(GrpcSettings settings) {
        this(settings, Clock.SYSTEM);
    }

    /** The same, on another clock. */
    public GrpcEngine(GrpcSettings settings, Clock clock) {
        this.settings = settings;
        this.transport = new GrpcTransport(settings);
        this.servers = new EnumMap<>(GatewayService.class);
        for (GatewayService each : GatewayService.values()) {
            List<ServerAddress> addresses = settings.servers(each);
            servers.put(each, new Servers(() -> addresses, settings.loadBalancing(), clock::nanoTime, clock::random));
        }
        this.operations = new OperationEngine(settings.calls(), limited(Resilience.NONE), clock);
        this.secrets = settings.token() == null ? Secrets.NONE : Secrets.of(List.of(settings.token()));
        this.streams = ConcurrentHashMap.newKeySet();
    }

    private GrpcEngine(GrpcEngine original, Resilience resilience) {
        this.settings = original.settings;
        this.transport = original.transport;
        this.servers = original.servers;
        this.operations = original.operations.with(CallOptions.NONE.resilience(original.limited(resilience)));
        this.secrets = original.secrets;
        this.streams = original.streams;
    }

    /** An engine whose calls pass these layers, over the same connections. */
    public GrpcEngine with(Resilience resilience) {
        return new GrpcEngine(this, resilience);
    }

    /** What is in flight at a server is limited in any case. */
    private Resilience limited(Resilience resilience) {
        return resilience.bulkhead().isPresent()
                ? resilience
                : resilience.bulkhead(settings.maxInFlight(), settings.maxQueued());
    }

    /** Performs a call; cancelling the future cancels it at the server. */
    public <T> CompletableFuture<T> performAsync(GrpcCall<T> call) {
        return operations.performAsync(direct(call), transport.calls(), transport.timer());
    }

    /** Performs a call on this thread; an interrupt cancels it at the server. */
    public <T> T perform(GrpcCall<T> call) {
        return operations.perform(direct(call));
    }

    /** A stream that sends its request with the first read. */
    public <T> EventStream<T> stream(GrpcCall<T> call) {
        return stream(call, StreamCheckpoint.NONE);
    }

    /** The same, which goes on where an earlier reader was. */
    public <T> EventStream<T> stream(GrpcCall<T> call, CheckpointStore store, String name) {
        return stream(call, checkpoint(call, store, name));
    }

    private <T> MessageStream<T> stream(GrpcCall<T> call, StreamCheckpoint checkpoint) {
        check(call);
        return new MessageStream<>(this, call, checkpoint);
    }

    private static StreamCheckpoint checkpoint(GrpcCall<?> call, CheckpointStore store, String name) {
        String hash = Sha256.of(nameOf(call) + "\n", call.request().toByteArray());
        return new StreamCheckpoint(
                Objects.requireNonNull(store, "checkpoint store"),
                Objects.requireNonNull(name, "checkpoint name"),
                hash);
    }

    /** The same, read by a thread of the client. */
    public <T> EventPublisher<T> publish(GrpcCall<T> call) {
        return new PublishedEvents<>(stream(call, StreamCheckpoint.NONE), transport::streams);
    }

    /** The same, which goes on where an earlier reader was. */
    public <T> EventPublisher<T> publish(GrpcCall<T> call, CheckpointStore store, String name) {
        return new PublishedEvents<>(stream(call, checkpoint(call, store, name)), transport::streams);
    }

    /** The servers of all services, and how they have answered so far. */
    public List<ServerStatus> servers() {
        return servers.values().stream()
                .flatMap(each -> operations.layers().status(each).stream())
                .toList();
    }

    private <T> Direct<T> direct(GrpcCall<T> call) {
        check(call);
        return new Direct<>(new UnaryCall<>(call, this));
    }

    private void check(GrpcCall<?> call) {
        transport.requireOpen();
        int size = call.request().getSerializedSize();
        if (size > settings.maxMessageSize()) {
            throw BadRequestException.refused(nameOf(call) + " needs a message of " + size + " bytes, and "
                    + settings.maxMessageSize() + " are allowed");
        }
    }

    OperationEngine operations() {
        return operations;
    }

    Servers servers(GatewayService service) {
        return servers.getOrDefault(service, servers.values().iterator().next());
    }

    ServiceChannel channel(Server server) {
        return transport.channel(server.url());
    }

    GrpcErrors errors(GrpcCall<?> call, Server server) {
        return new GrpcErrors(call, server.url().authority(), secrets);
    }

    /** The longest silence of a stream. */
    Duration silence(GrpcCall<?> stream) {
        return stream.timeout().isZero()
                ? stream.timeout()
                : operations.policy().callTimeout(java.util.Optional.of(stream.timeout()));
    }

    /** What runs is cancelled when the client is closed, even if that happens just now. */
    void begun(MessageStream<?> stream) {
        streams.add(stream);
        if (closed) {
            stream.cancel(CLIENT_CLOSED);
        }
    }

    void ended(MessageStream<?> stream) {
        streams.remove(stream);
    }

    static String nameOf(GrpcCall<?> call) {
        return "gRPC " + call.method().getFullMethodName();
    }

    /** Cancels all calls, then ends connections and threads. */
    @Override
    public void close() {
        closed = true;
        operations.close();
        streams.forEach(stream -> stream.cancel(CLIENT_CLOSED));
        transport.close();
    }
}
