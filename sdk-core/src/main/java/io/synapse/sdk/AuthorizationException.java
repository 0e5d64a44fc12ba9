package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** The caller is authenticated but not allowed to do this (403). */
public final class AuthorizationException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public AuthorizationException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public AuthorizationException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
