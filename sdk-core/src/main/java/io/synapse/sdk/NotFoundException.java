package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/** There is no such resource or path (404). */
public final class NotFoundException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public NotFoundException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public NotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
