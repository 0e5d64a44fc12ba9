package io.synapse.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous client: performs operations in the background, on daemon threads named {@code synapse-…} or on the
 * executor that its builder was given. The twin of {@link BaseClient}. Safe for use by any number of threads.
 */
public abstract class AsyncBaseClient implements AsyncPerformer, AsyncLogFollower, AsyncEventFollower, AutoCloseable {
    final ClientRuntime runtime;

    /**
     * A client with the builder's settings.
     *
     * @param dialect builds {@linkplain Operation#forDialect operations that depend on the server}
     */
    protected AsyncBaseClient(ClientBuilder<?> builder, Object dialect) {
        this.runtime = new ClientRuntime(builder.settings(), dialect);
    }

    /** The asynchronous twin of a blocking client, over the same connections. */
    protected AsyncBaseClient(BaseClient twin) {
        this.runtime = twin.runtime;
    }

    /** A view of a client with other call options, over the same connections. */
    protected AsyncBaseClient(AsyncBaseClient client, CallOptions options) {
        this.runtime = client.runtime.with(options);
    }

    @Override
    public final <T extends @Nullable Object> CompletableFuture<T> perform(Operation<T> operation) {
        return runtime.performAsync(operation);
    }

    @Override
    public final LogPublisher follow(LogEndpoint log, TailOptions options) {
        return runtime.publish(log, options);
    }

    @Override
    public final <T> EventPublisher<T> follow(EventEndpoint<T> events) {
        return runtime.publish(events);
    }

    /**
     * Ends all running calls: their futures fail with a {@link CallCancelledException}. Closes all connections and ends
     * the client's own threads. The blocking twin shares them and is closed too. Closing again has no effect.
     */
    @Override
    public final void close() {
        runtime.close();
    }

    /** The servers that the client calls, and how they have answered so far; a snapshot. */
    public final List<ServerStatus> servers() {
        return runtime.servers();
    }

    /** The client's type and base URLs, without secrets. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + runtime.address() + "]";
    }
}
