package io.synapse.sdk.workspace;

import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** The container of the workspace does not run any more (503): it was stopped, killed or removed, or the Docker Engine ended. {@link Workspace#reopen()} starts it again. {@link #mayHaveBeenExecuted()} tells whether the operation may have been done. */
public final class WorkspaceLostException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    /** An exception with its message. */
    public WorkspaceLostException(String message) {
        super(Reason.WORKSPACE_LOST, message);
    }

    /** An exception for a failure, with its cause. */
    public WorkspaceLostException(Failure failure, @Nullable Throwable cause) {
        super(Reason.WORKSPACE_LOST, failure, cause);
    }
}
