package io.synapse.sdk.experiment;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;

/** The server is the original, which cannot do that (501). Nothing was sent for it. */
public final class UnsupportedByServerException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure. */
    public UnsupportedByServerException(Failure failure) {
        super(failure);
    }
}
