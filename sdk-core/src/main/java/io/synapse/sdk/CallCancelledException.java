package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The call was given up by the caller: its thread was interrupted (the interrupt flag is set again), or the
 * client or stream was closed meanwhile. Its status is 499, as web servers log a request that the client abandoned.
 */
public final class CallCancelledException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public CallCancelledException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure with what lies behind it. */
    public CallCancelledException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
