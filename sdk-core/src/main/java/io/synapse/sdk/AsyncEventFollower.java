package io.synapse.sdk;

/**
 * Reads streams of events in the background. With {@link AsyncPerformer} the basis of the asynchronous operation
 * interfaces.
 */
public interface AsyncEventFollower {
    /**
     * A publisher of events. Nothing is sent before it has a subscriber.
     *
     * @throws IllegalStateException when the client is closed
     */
    <T> EventPublisher<T> follow(EventEndpoint<T> events);
}
