package io.synapse.sdk.internal.tail;

import io.synapse.sdk.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one stream needs beside its connection: time, and calls to the same server. Used by the reading thread. */
public interface TailContext extends AutoCloseable {
    /** The time that passes, in nanoseconds. */
    long nanoTime();

    /** From 0 to 1. */
    double random();

    /** Waits for so long, or until {@link #close}. */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Performs an operation.
     *
     * @throws io.synapse.sdk.ClientException when it fails
     */
    <T extends @Nullable Object> T ask(Operation<T> operation);

    /** Ends a pause or an operation at once, from any thread. */
    @Override
    void close();
}
