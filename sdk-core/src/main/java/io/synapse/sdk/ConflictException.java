package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The request does not fit the state of things (409): the id is taken, the job is still running, or
 * another operation is in progress.
 */
public final class ConflictException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public ConflictException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public ConflictException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
