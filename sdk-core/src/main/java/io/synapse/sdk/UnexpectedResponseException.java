package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The response cannot be used: the body is not of the expected type, or it is a redirect to another origin, which is
 * not followed because that would send the credentials there.
 */
public final class UnexpectedResponseException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public UnexpectedResponseException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public UnexpectedResponseException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
