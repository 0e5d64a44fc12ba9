package io.synapse.sdk.embedded.internal.http;

/** A request that is answered with an error. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** With a sentence for the caller. */
    RefusedException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The sentence for the caller. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
