package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A time limit of the client was reached (408). {@link #kind()} says which one, {@link #mayHaveBeenExecuted()} whether
 * the request had gone out by then.
 */
public final class RequestTimeoutException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Which time limit. */
    public enum Kind {
        /** No connection within the connect timeout. */
        CONNECT,
        /** No byte arrived, or could be sent, for the read timeout. */
        READ,
        /** The whole call, repeats included, took longer than the call timeout. */
        CALL,
        /** What was waited for did not come about in the time given for waiting. */
        WAIT
    }

    private final Kind kind;

    /** An exception for a failure. */
    public RequestTimeoutException(Kind kind, Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
        this.kind = kind;
    }

    /** Which time limit was reached. */
    public Kind kind() {
        return kind;
    }
}
