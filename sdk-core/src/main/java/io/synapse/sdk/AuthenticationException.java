package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** Authentication failed (401): the token is missing, wrong or expired. */
public final class AuthenticationException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public AuthenticationException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public AuthenticationException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
