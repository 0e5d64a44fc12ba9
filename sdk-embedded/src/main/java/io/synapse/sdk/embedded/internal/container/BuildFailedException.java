package io.synapse.sdk.embedded.internal.container;

/** A build that failed for a reason that its caller can read: the whole of it is in the message. */
final class BuildFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    BuildFailedException(String reason) {
        super(reason);
    }
}
