package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** There is no such resource, or the server does not know the path (404). */
public final class NotFoundException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public NotFoundException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public NotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
