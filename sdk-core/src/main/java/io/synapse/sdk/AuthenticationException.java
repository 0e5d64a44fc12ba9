package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** The server does not know the caller (401): the token is missing, wrong or expired. */
public final class AuthenticationException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public AuthenticationException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public AuthenticationException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
