package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import io.synapse.sdk.internal.http.ConnectionSettings;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Performs operations, blocking and asynchronous ones alike, and ends those under way when it is closed. Thread-safe. */
public final class OperationEngine implements AutoCloseable {
    private final ConnectionSettings settings;
    private final ExchangeFactory exchanges;
    private final Object dialect;
    private final Clock clock;
    private final UnderWay underWay;

    /**
     * An engine.
     *
     * @param dialect builds operations that depend on the kind of server
     */
    public OperationEngine(ConnectionSettings settings, ExchangeFactory exchanges, Object dialect, Clock clock) {
        this(settings, exchanges, dialect, clock, new UnderWay());
    }

    private OperationEngine(
            ConnectionSettings settings, ExchangeFactory exchanges, Object dialect, Clock clock, UnderWay underWay) {
        this.settings = settings;
        this.exchanges = exchanges;
        this.dialect = dialect;
        this.clock = clock;
        this.underWay = underWay;
    }

    /** An engine with other settings that is closed with this one. */
    public OperationEngine with(ConnectionSettings other, ExchangeFactory otherExchanges) {
        return new OperationEngine(other, otherExchanges, dialect, clock, underWay);
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

    ConnectionSettings settings() {
        return settings;
    }

    ExchangeFactory exchanges() {
        return exchanges;
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
