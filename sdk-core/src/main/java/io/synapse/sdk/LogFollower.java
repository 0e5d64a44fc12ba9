package io.synapse.sdk;

/** Follows logs. With {@link Performer} the basis of the blocking operation interfaces. */
public interface LogFollower {
    /**
     * A stream over a log. Nothing is sent before it is read.
     *
     * @throws IllegalStateException when the client is closed
     */
    LogStream follow(LogEndpoint log, TailOptions options);
}
