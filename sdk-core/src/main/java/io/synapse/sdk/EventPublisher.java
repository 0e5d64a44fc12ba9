package io.synapse.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events of a server, read in the background: the asynchronous twin of {@link EventStream}, with the same promise. It
 * has one subscriber, which gets the events on a thread of the client, as many as it asks for.
 *
 * <p>The connection is made when the subscriber arrives. Safe for use by any thread.
 *
 * @param <T> the type of the events
 */
public interface EventPublisher<T> extends Flow.Publisher<T>, AutoCloseable {
    /**
     * Starts reading for this subscriber. A second one gets an {@link IllegalStateException} through {@code onError}.
     */
    @Override
    void subscribe(Flow.Subscriber<? super T> subscriber);

    /**
     * Gives each event to a consumer, on a thread of the client, one after the other. What the consumer throws closes
     * the stream and is what the completion fails with.
     *
     * @return {@link #completion()}; it fails with an {@link IllegalStateException} when there is a subscriber already
     */
    CompletableFuture<@Nullable Void> forEachEvent(Consumer<? super T> consumer);

    /**
     * Completes when the last event was delivered, and fails with the error that the subscriber gets, or that it
     * throws. It always completes: also when the client's executor rejects the work. Cancelling it closes the stream.
     */
    CompletableFuture<@Nullable Void> completion();

    /** Ends the stream and closes its connection at once; the completion is cancelled. Closing again does nothing. */
    @Override
    void close();
}
