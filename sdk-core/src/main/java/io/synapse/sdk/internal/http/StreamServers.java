package io.synapse.sdk.internal.http;

import org.jspecify.annotations.Nullable;

/** The servers that streams are read from. Thread-safe. */
public interface StreamServers {
    /** The server of the next stream. */
    BaseUrl next();

    /** Whether a server is one of them, so that what is secret may be sent to it. */
    boolean includes(BaseUrl server);

    /**
     * A stream was opened at a server, or could not be.
     *
     * @param failed how it failed; null if it did not
     */
    void opened(BaseUrl server, @Nullable FailedAttempt failed);
}
