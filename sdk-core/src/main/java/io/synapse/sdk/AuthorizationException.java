package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** The server knows the caller and does not allow this (403). */
public final class AuthorizationException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public AuthorizationException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public AuthorizationException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
