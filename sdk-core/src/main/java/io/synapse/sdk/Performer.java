package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Performs operations and waits for their results: what every blocking client is, and all that an operation interface
 * (a mixin such as {@code JobOperations}) stands on.
 */
public interface Performer {
    /**
     * Performs an operation on the calling thread and returns its result.
     *
     * <p>Interrupting the thread closes the connection at once and ends the call with a
     * {@link CallCancelledException}; the thread's interrupt flag stays set.
     *
     * @throws ClientException when it fails; which one says why
     * @throws IllegalStateException when the client is closed
     */
    <T extends @Nullable Object> T perform(Operation<T> operation);
}
