package io.synapse.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blocking client: performs operations on the caller's thread. Clients extend it and implement operation interfaces.
 *
 * <p>Safe for use by any number of threads. It holds connections, and starts no thread before the first asynchronous
 * call. Close it after use.
 */
public abstract class BaseClient implements Performer, LogFollower, EventFollower, AutoCloseable {
    final ClientRuntime runtime;

    /**
     * A client with the builder's settings.
     *
     * @param dialect builds {@linkplain Operation#forDialect operations that depend on the server}
     */
    protected BaseClient(ClientBuilder<?> builder, Object dialect) {
        this.runtime = new ClientRuntime(builder.settings(), dialect);
    }

    /** The blocking twin of an asynchronous client, over the same connections. */
    protected BaseClient(AsyncBaseClient twin) {
        this.runtime = twin.runtime;
    }

    /** A view of a client with other call options, over the same connections. */
    protected BaseClient(BaseClient client, CallOptions options) {
        this.runtime = client.runtime.with(options);
    }

    @Override
    public final <T extends @Nullable Object> T perform(Operation<T> operation) {
        return runtime.perform(operation);
    }

    @Override
    public final LogStream follow(LogEndpoint log, TailOptions options) {
        return runtime.follow(log, options);
    }

    @Override
    public final <T> EventStream<T> follow(EventEndpoint<T> events) {
        return runtime.follow(events);
    }

    /**
     * Ends all running calls with a {@link CallCancelledException}, closes all connections and ends the client's own
     * threads. The asynchronous twin and views share them and are closed too. Closing again has no effect.
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
