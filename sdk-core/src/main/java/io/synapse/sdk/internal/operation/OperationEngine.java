package io.synapse.sdk.internal.operation;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.ExchangeFactory;
import io.synapse.sdk.internal.resilience.InFlightLimit;
import io.synapse.sdk.internal.resilience.Layers;
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
    private final @Nullable HttpCalls http;
    private final Object dialect;
    private final Clock clock;
    private final UnderWay underWay;

    /**
     * An engine of calls over HTTP.
     *
     * @param layers what stands between calls and their servers
     * @param servers those that answer the calls
     * @param exchanges makes their attempts
     * @param dialect builds operations that depend on the kind of server
     */
    public OperationEngine(
            CallPolicy policy, Layers layers, Servers servers, ExchangeFactory exchanges, Object dialect, Clock clock) {
        this(policy, layers, new HttpCalls(servers, exchanges), dialect, clock, new UnderWay());
    }

    /** An engine of calls that are not over HTTP. */
    public OperationEngine(CallPolicy policy, Resilience resilience, Clock clock) {
        this(policy, new Layers(resilience, clock::nanoTime, InFlightLimit.NONE), null, "none", clock, new UnderWay());
    }

    private OperationEngine(
            CallPolicy policy,
            Layers layers,
            @Nullable HttpCalls http,
            Object dialect,
            Clock clock,
            UnderWay underWay) {
        this.policy = policy;
        this.layers = layers;
        this.http = http;
        this.dialect = dialect;
        this.clock = clock;
        this.underWay = underWay;
    }

    /** What calls over HTTP are made with. */
    private record HttpCalls(Servers servers, ExchangeFactory exchanges) {}

    /** An engine with other options, whose layers and exchanges are these, that is closed with this one. */
    public OperationEngine with(CallOptions options, Layers other, ExchangeFactory exchanges) {
        HttpCalls calls = http == null ? null : new HttpCalls(http.servers, exchanges);
        return new OperationEngine(policy.with(options), other, calls, dialect, clock, underWay);
    }

    /** An engine with other options that is closed with this one, of calls that are not over HTTP. */
    public OperationEngine with(CallOptions options) {
        return new OperationEngine(policy.with(options), layers.with(options), http, dialect, clock, underWay);
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

    /** How calls are performed. */
    public CallPolicy policy() {
        return policy;
    }

    /** What stands between calls and their servers. */
    public Layers layers() {
        return layers;
    }

    /** Time and chance. */
    public Clock clock() {
        return clock;
    }

    <T extends @Nullable Object> Call<T> call(Endpoint<T> endpoint) {
        if (http == null) {
            throw new IllegalStateException("this client has no HTTP");
        }
        return new HttpCall<>(endpoint, http.servers, http.exchanges);
    }

    Object dialect() {
        return dialect;
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
