package io.synapse.sdk;

/** Follows logs: the other thing, beside {@link Performer}, that an operation interface stands on. */
public interface LogFollower {
    /**
     * A stream over a log. Nothing is sent before it is read.
     *
     * @throws IllegalStateException when the client is closed
     */
    LogStream follow(LogEndpoint log, TailOptions options);
}
