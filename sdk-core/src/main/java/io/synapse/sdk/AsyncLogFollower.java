package io.synapse.sdk;

/** Follows logs in the background. With {@link AsyncPerformer} the basis of the asynchronous operation interfaces. */
public interface AsyncLogFollower {
    /**
     * A publisher of a log. Nothing is sent before it has a subscriber.
     *
     * @throws IllegalStateException when the client is closed
     */
    LogPublisher follow(LogEndpoint log, TailOptions options);
}
