package io.synapse.sdk;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Performs operations in the background. Implemented by every asynchronous client; the basis of the asynchronous
 * operation interfaces.
 */
public interface AsyncPerformer {
    /**
     * Starts an operation and returns at once. The future fails with the {@link ClientException} that a blocking call
     * would throw. Cancelling it, or completing it in any other way, closes the connection at once.
     *
     * <p>Cancelling a future derived from the returned one ({@code thenApply} and the like) does not cancel the call.
     *
     * @throws IllegalStateException when the client is closed
     */
    <T extends @Nullable Object> CompletableFuture<T> perform(Operation<T> operation);

    /** The blocking twin, over the same connections. */
    Performer sync();
}
