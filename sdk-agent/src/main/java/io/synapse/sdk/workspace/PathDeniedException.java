package io.synapse.sdk.workspace;

import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** The agent has not the right to do this with the file or folder (403). */
public final class PathDeniedException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    /** An exception with its message. */
    public PathDeniedException(String message) {
        super(Reason.PERMISSION_DENIED, message);
    }

    /** An exception for a failure, with its cause. */
    public PathDeniedException(Failure failure, @Nullable Throwable cause) {
        super(Reason.PERMISSION_DENIED, failure, cause);
    }
}
