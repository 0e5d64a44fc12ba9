package io.synapse.sdk.internal.json;

import java.io.IOException;

/** A document that is not JSON, or not of the expected type. The message does not quote the document. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message, IOException cause) {
        super(message, cause);
    }
}
