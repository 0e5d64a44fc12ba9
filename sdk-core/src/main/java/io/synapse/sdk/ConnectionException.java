package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, or the connection broke (503). The message names the address;
 * {@link #mayHaveBeenExecuted()} tells whether the request had gone out.
 */
public final class ConnectionException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public ConnectionException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public ConnectionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
