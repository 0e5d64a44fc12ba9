package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The server gave an answer that cannot be used: a body that is not what was asked for, or a redirect to another
 * origin, which is not followed because it would carry the credentials there.
 */
public final class UnexpectedResponseException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public UnexpectedResponseException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public UnexpectedResponseException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
