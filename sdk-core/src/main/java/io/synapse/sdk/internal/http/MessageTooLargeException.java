package io.synapse.sdk.internal.http;

import java.io.IOException;

/** A server sent a message that is larger than this client takes; it would do so again. */
public final class MessageTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    /** An exception for a limit in bytes. */
    public MessageTooLargeException(long limit) {
        super("a message of more than " + limit + " bytes");
        this.limit = limit;
    }

    String why() {
        return "it sent a message of more than " + limit + " bytes";
    }
}
