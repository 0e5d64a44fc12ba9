package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The call was cancelled by the caller: its thread was interrupted (the interrupt flag is set again), or the client or
 * stream was closed. The status is 499, which web servers log for a request that the client cancelled.
 */
public final class CallCancelledException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public CallCancelledException(Failure failure) {
        super(failure);
    }

    /** An exception for a failure, with its cause. */
    public CallCancelledException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
