package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The request was not sent, because the circuit breakers of all servers are open (503): they failed too often a short
 * time ago. If an earlier attempt of the same call failed, its exception is the cause.
 */
public final class CircuitOpenException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public CircuitOpenException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
