package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Performs operations and waits for their results. Implemented by every blocking client; the basis of operation
 * interfaces such as {@code JobOperations}.
 */
public interface Performer {
    /**
     * Performs an operation on the calling thread and returns its result.
     *
     * <p>Interrupting the thread closes the connection at once and ends the call with a
     * {@link CallCancelledException}; the thread's interrupt flag stays set.
     *
     * @throws ClientException when the operation fails; the subclass indicates the reason
     * @throws IllegalStateException when the client is closed
     */
    <T extends @Nullable Object> T perform(Operation<T> operation);
}
