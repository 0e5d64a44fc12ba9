package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** The server failed (5xx). */
public final class ServerException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public ServerException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public ServerException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
