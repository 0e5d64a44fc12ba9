package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A blocking client: performs operations on the caller's thread. The facades extend it and list the operation
 * interfaces they offer; there is nothing to delegate.
 *
 * <p>Safe for use by any number of threads. It holds connections, and no thread before the first asynchronous call;
 * close it when it is not needed any more.
 */
public abstract class BaseClient implements Performer, LogFollower, AutoCloseable {
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

    /** A view of a client whose calls have other options, over the same connections. */
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

    /**
     * Ends everything that is under way (callers get a {@link CallCancelledException}), closes all connections and ends
     * the client's own threads; the asynchronous twin and views share them and are closed too. Closing again does nothing.
     */
    @Override
    public final void close() {
        runtime.close();
    }

    /** What it is and where its server is; no secrets. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + runtime.address() + "]";
    }
}
