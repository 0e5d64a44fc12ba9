package io.synapse.sdk.workspace;

import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** There is no such file or folder (404). */
public final class PathNotFoundException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    /** An exception with its message. */
    public PathNotFoundException(String message) {
        super(Reason.NOT_FOUND, message);
    }

    /** An exception for a failure, with its cause. */
    public PathNotFoundException(Failure failure, @Nullable Throwable cause) {
        super(Reason.NOT_FOUND, failure, cause);
    }
}
