package io.synapse.sdk.workspace;

import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** The Docker Engine cannot be reached (503). {@link #mayHaveBeenExecuted()} tells whether the operation may have been done. */
public final class EngineUnavailableException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    /** An exception with its message. */
    public EngineUnavailableException(String message) {
        super(Reason.ENGINE_UNAVAILABLE, message);
    }

    /** An exception for a failure, with its cause. */
    public EngineUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(Reason.ENGINE_UNAVAILABLE, failure, cause);
    }
}
