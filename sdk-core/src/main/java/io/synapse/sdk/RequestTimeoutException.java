package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A time limit of the client was reached (408): see {@link #kind()}. {@link #mayHaveBeenExecuted()} is true if the
 * request was sent.
 */
public final class RequestTimeoutException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** The kinds of time limits. */
    public enum Kind {
        /** No connection within the connect timeout. */
        CONNECT,
        /** No byte was received or sent within the read timeout. */
        READ,
        /** An attempt took longer than {@link Resilience#attemptTimeout} allows. */
        ATTEMPT,
        /** The call, retries included, took longer than the call timeout. */
        CALL,
        /** An awaited event did not occur within the time given. */
        WAIT
    }

    private final Kind kind;

    /** An exception for a failure. */
    public RequestTimeoutException(Kind kind, Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
        this.kind = kind;
    }

    /** The kind of time limit that was reached. */
    public Kind kind() {
        return kind;
    }
}
