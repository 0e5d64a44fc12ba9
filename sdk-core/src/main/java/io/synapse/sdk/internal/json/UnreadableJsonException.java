package io.synapse.sdk.internal.json;

import java.io.IOException;

/** A document that is not JSON, or not of the type it should be. The message shows nothing of the document. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message, IOException cause) {
        super(message, cause);
    }
}
