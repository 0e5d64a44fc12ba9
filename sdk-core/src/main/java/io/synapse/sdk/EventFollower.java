package io.synapse.sdk;

/** Reads streams of events. With {@link Performer} the basis of the blocking operation interfaces. */
public interface EventFollower {
    /**
     * A stream of events. Nothing is sent before it is read.
     *
     * @throws IllegalStateException when the client is closed
     */
    <T> EventStream<T> follow(EventEndpoint<T> events);
}
