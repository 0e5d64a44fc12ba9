package io.synapse.sdk;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Performs operations in the background: what every asynchronous client is, and all that an asynchronous operation
 * interface stands on.
 */
public interface AsyncPerformer {
    /**
     * Starts an operation and returns at once. The future fails with the {@link ClientException} that a blocking call
     * would throw. Cancelling it, or completing it in any other way, closes the connection at once.
     *
     * <p>Only the returned future itself carries a cancellation to the connection, not one derived from it
     * ({@code thenApply} and the like).
     *
     * @throws IllegalStateException when the client is closed
     */
    <T extends @Nullable Object> CompletableFuture<T> perform(Operation<T> operation);
}
