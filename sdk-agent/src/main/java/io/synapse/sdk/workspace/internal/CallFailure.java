package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.OutsideWorkspaceException;
import io.synapse.sdk.workspace.PathDeniedException;
import io.synapse.sdk.workspace.PathNotFoundException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WriteConflictException;
import org.jspecify.annotations.Nullable;

/**
 * How an operation of a workspace on an agent failed: as much of its exception as makes the same one on the client. Not API.
 *
 * @param kind which exception: that of a workspace, unless one of the SDK's common ones
 * @param reason why, where it is that of a workspace; null else
 * @param status its HTTP status
 * @param message its message
 * @param mayHaveBeenExecuted see {@link ClientException#mayHaveBeenExecuted()}
 * @param currentVersion of a conflict, the version that the file has; null for none
 * @param changes of a conflict, what differs; null when it is not known
 */
public record CallFailure(
        @Nullable Kind kind,
        @Nullable Reason reason,
        int status,
        @Nullable String message,
        boolean mayHaveBeenExecuted,
        @Nullable String currentVersion,
        @Nullable String changes) {
    /** The exceptions. */
    public enum Kind {
        /** {@link WorkspaceException}, in the subclass of its reason. */
        WORKSPACE(500),
        /** {@link BadRequestException}. */
        BAD_REQUEST(400),
        /** {@link RequestTimeoutException}. */
        TIMEOUT(408),
        /** {@link CallCancelledException}. */
        CANCELLED(499),
        /** {@link IllegalStateException}: the workspace or the agent is closed. */
        CLOSED(409),
        /** The agent itself has failed. */
        OTHER(500);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    static CallFailure of(Throwable exception) {
        Kind kind = kindOf(exception);
        Reason reason = exception instanceof WorkspaceException known ? known.reason() : null;
        WriteConflictException conflict = exception instanceof WriteConflictException known ? known : null;
        return new CallFailure(
                kind,
                reason,
                exception instanceof ClientException known ? known.statusCode() : kind.status,
                exception instanceof ClientException || kind == Kind.CLOSED
                        ? exception.getMessage()
                        : "the agent failed to do this; its log says why",
                !(exception instanceof ClientException known) || known.mayHaveBeenExecuted(),
                conflict == null ? null : conflict.currentVersion().orElse(null),
                conflict == null ? null : conflict.changes().orElse(null));
    }

    private static Kind kindOf(Throwable exception) {
        if (exception instanceof WorkspaceException) {
            return Kind.WORKSPACE;
        } else if (exception instanceof BadRequestException) {
            return Kind.BAD_REQUEST;
        } else if (exception instanceof RequestTimeoutException) {
            return Kind.TIMEOUT;
        } else if (exception instanceof CallCancelledException) {
            return Kind.CANCELLED;
        }
        return exception instanceof IllegalStateException ? Kind.CLOSED : Kind.OTHER;
    }

    /** The exception, on the side of the client. */
    public RuntimeException exception() {
        String text = message == null ? "the agent does not say why" : message;
        Failure failure = Failure.of(status, text).attempts(1).mayHaveBeenExecuted(mayHaveBeenExecuted);
        return switch (kind == null ? Kind.OTHER : kind) {
            case WORKSPACE -> ofWorkspace(reason == null ? Reason.OTHER : reason, failure);
            case BAD_REQUEST -> new BadRequestException(failure);
            case TIMEOUT -> new RequestTimeoutException(RequestTimeoutException.Kind.WAIT, failure, null);
            case CANCELLED -> new CallCancelledException(failure);
            case CLOSED -> new IllegalStateException(text);
            case OTHER -> new ServerException(failure);
        };
    }

    private WorkspaceException ofWorkspace(Reason why, Failure failure) {
        return switch (why) {
            case NOT_FOUND -> new PathNotFoundException(failure, null);
            case PERMISSION_DENIED -> new PathDeniedException(failure, null);
            case OUTSIDE_WORKSPACE -> new OutsideWorkspaceException(failure, null);
            case CONFLICT -> new WriteConflictException(failure.message(), currentVersion, changes);
            case ENGINE_UNAVAILABLE -> new EngineUnavailableException(failure, null);
            case WORKSPACE_LOST -> new WorkspaceLostException(failure, null);
            default -> new WorkspaceException(why, failure, null);
        };
    }
}
