package io.synapse.sdk.embedded.internal.job;

/** A request that does not fit the state that a job is in. */
public final class JobConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for the caller. */
    public JobConflictException(String message) {
        super(message);
    }
}
