package io.synapse.sdk.embedded.internal.job;

/** A submission, or a change of the policy, that cannot be accepted as it is. */
public final class InvalidJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for the caller. */
    public InvalidJobException(String message) {
        super(message);
    }
}
