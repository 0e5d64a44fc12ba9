package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import org.jspecify.annotations.Nullable;

/** The servers that streams are read from, each of which may refuse to be asked at present. Thread-safe. */
public interface StreamServers {
    /** Whether a server is one of them, so that what is secret may be sent to it. */
    boolean includes(BaseUrl server);

    /**
     * Has a connection opened at one of the servers, unless none may be asked now.
     *
     * @param request what is asked for
     * @param only the one server that has the stream; null for any
     * @param opening called once, or not at all if no server may be asked
     * @return how it failed; null if it did not
     * @throws ClientException when there is no server, or when it cannot be decided which may be asked
     */
    @Nullable
    FailedAttempt open(Endpoint<?> request, @Nullable BaseUrl only, Opening opening);

    /** Opens one connection. */
    interface Opening {
        /** Opens it at a server; returns how that failed, or null if it did not. */
        @Nullable
        FailedAttempt at(BaseUrl server);

        /** Whether a failure tells nothing about the server. */
        boolean isInconclusive(ClientException failure);
    }
}
