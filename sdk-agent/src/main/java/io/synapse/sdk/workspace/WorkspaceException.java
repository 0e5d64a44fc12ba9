package io.synapse.sdk.workspace;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import org.jspecify.annotations.Nullable;

/** An operation of a workspace failed. The message is a sentence that an agent can act on. */
public sealed class WorkspaceException extends ClientException
        permits EngineUnavailableException,
                OutsideWorkspaceException,
                PathDeniedException,
                PathNotFoundException,
                WorkspaceLostException,
                WriteConflictException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why an operation failed. */
    public enum Reason {
        /** There is no such file or folder. */
        NOT_FOUND(404),
        /** The agent has not the right. */
        PERMISSION_DENIED(403),
        /** The path leads out of the workspace. */
        OUTSIDE_WORKSPACE(403),
        /** The condition of a write does not hold. */
        CONFLICT(409),
        /** A file was needed, and this is a folder. */
        IS_DIRECTORY(409),
        /** A folder was needed, and this is a file. */
        NOT_A_DIRECTORY(409),
        /** A regular file was needed, and this is a pipe, a socket or a device. */
        NOT_A_FILE(409),
        /** The file is not UTF-8 text. */
        NOT_TEXT(409),
        /** The text to be replaced is not in the file. */
        NO_MATCH(409),
        /** The text to be replaced is in the file more than once. */
        SEVERAL_MATCHES(409),
        /** The offset is past the end of the file. */
        PAST_END(416),
        /** The file is larger than the operation takes. */
        TOO_LARGE(413),
        /** There is no room, or no right to more. */
        NO_SPACE(507),
        /** The workspace cannot be opened as it was asked for, or cannot do this. */
        UNSUPPORTED(501),
        /** The Docker Engine cannot be reached. */
        ENGINE_UNAVAILABLE(503),
        /** The container does not run any more. */
        WORKSPACE_LOST(503),
        /** Anything else: the message says what. */
        OTHER(500);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The HTTP status that says the same. */
        public int status() {
            return status;
        }
    }

    /** An exception for a reason, with its message. */
    public WorkspaceException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** An exception for a reason, with its message and its cause. */
    public WorkspaceException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, Failure.of(reason.status(), message).attempts(1), cause);
    }

    /** An exception for a reason. */
    public WorkspaceException(Reason reason, Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
        this.reason = reason;
    }

    /** Why the operation failed. */
    public final Reason reason() {
        return reason;
    }
}
