package io.synapse.sdk.internal.operation;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.resilience.Layers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Performs operations, blocking and asynchronous ones alike, and ends those under way when it is closed. Thread-safe. */
public final class OperationEngine implements AutoCloseable {
    private final CallPolicy policy;
    private final Layers layers;
    private final Servers servers;
    private final ExchangeFactory exchanges;
    private final Object dialect;
    private final Clock clock;
    private final UnderWay underWay;

    /**
     * An engine without layers of resilience.
     *
     * @param servers those that answer calls over HTTP
     * @param exchanges makes the attempts of calls over HTTP
     * @param dialect builds operations that depend on the kind of server
     */
    public OperationEngine(CallPolicy policy, Servers servers, ExchangeFactory exchanges, Object dialect, Clock clock) {
        this(policy, new Layers(Resilience.NONE, clock::nanoTime), servers, exchanges, dialect, clock, new UnderWay());
    }

    private OperationEngine(
            CallPolicy policy,
            Layers layers,
            Servers servers,
            ExchangeFactory exchanges,
            Object dialect,
            Clock clock,
            UnderWay underWay) {
        this.policy = policy;
        this.layers = layers;
        this.servers = servers;
        this.exchanges = exchanges;
        this.dialect = dialect;
        this.clock = clock;
        this.underWay = underWay;
    }

    /** An engine with other options that is closed with this one. */
    public OperationEngine with(CallOptions options, ExchangeFactory otherExchanges) {
        Layers other = options.resilience()
                .map(resilience -> new Layers(resilience, clock::nanoTime))
                .orElse(layers);
        return new OperationEngine(policy.with(options), other, servers, otherExchanges, dialect, clock, underWay);
    }

    /** Performs an operation on the calling thread. Throws what the operation fails with. */
    public <T extends @Nullable Object> T perform(Operation<T> operation) {
        return execution(operation).await();
    }

    /** Performs an operation on an executor. Cancelling the future cancels the operation. */
    public <T extends @Nullable Object> CompletableFuture<T> performAsync(
            Operation<T> operation, Executor executor, ScheduledExecutorService timer) {
        return new AsyncExecution<>(execution(operation), executor, timer).start();
    }

    /** An execution that has not begun. */
    public <T extends @Nullable Object> Execution<T> execution(Operation<T> operation) {
        return new Execution<>(this, operation);
    }

    /** Cancels all that is under way. */
    @Override
    public void close() {
        underWay.close();
    }

    void begin(Execution<?> execution) {
        underWay.add(execution);
    }

    void end(Execution<?> execution) {
        underWay.remove(execution);
    }

    /** The servers, and how they have answered so far. */
    public List<ServerStatus> servers() {
        return servers.all().stream()
                .map(server -> new ServerStatus(
                        server.toString(),
                        server.isHealthy(),
                        layers.breakerState(server),
                        server.inFlight() - layers.queued(server),
                        layers.queued(server),
                        Duration.ofNanos((long) server.averageNanos())))
                .toList();
    }

    CallPolicy policy() {
        return policy;
    }

    Layers layers() {
        return layers;
    }

    <T extends @Nullable Object> Call<T> call(Endpoint<T> endpoint) {
        return new HttpCall<>(endpoint, servers, exchanges);
    }

    Object dialect() {
        return dialect;
    }

    Clock clock() {
        return clock;
    }

    /** The executions of a client, which end with it. */
    private static final class UnderWay {
        private static final String CLOSED = "the client was closed";

        private final Set<Execution<?>> executions = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        void add(Execution<?> execution) {
            executions.add(execution);
            if (closed) {
                execution.cancel(CLOSED);
            }
        }

        void remove(Execution<?> execution) {
            executions.remove(execution);
        }

        void close() {
            closed = true;
            executions.forEach(execution -> execution.cancel(CLOSED));
        }
    }
}
