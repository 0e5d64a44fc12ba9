package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The request conflicts with the state of the resource (409): the id is taken, the job is still running, or another
 * operation is in progress.
 */
public final class ConflictException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public ConflictException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public ConflictException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
