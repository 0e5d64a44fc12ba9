package io.synapse.sdk.workspace;

import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** The path leads out of the workspace (403). */
public final class OutsideWorkspaceException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    /** An exception with its message. */
    public OutsideWorkspaceException(String message) {
        super(Reason.OUTSIDE_WORKSPACE, message);
    }

    /** An exception for a failure, with its cause. */
    public OutsideWorkspaceException(Failure failure, @Nullable Throwable cause) {
        super(Reason.OUTSIDE_WORKSPACE, failure, cause);
    }
}
