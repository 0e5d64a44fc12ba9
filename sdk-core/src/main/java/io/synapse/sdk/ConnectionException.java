package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, or the connection broke (503). The message contains the address;
 * {@link #mayHaveBeenExecuted()} is true if the request was sent.
 */
public final class ConnectionException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public ConnectionException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public ConnectionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
