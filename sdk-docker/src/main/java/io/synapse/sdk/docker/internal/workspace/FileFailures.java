package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.OutsideWorkspaceException;
import io.synapse.sdk.workspace.PathDeniedException;
import io.synapse.sdk.workspace.PathNotFoundException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;

/** What the statuses of {@code shell.sh} mean. */
final class FileFailures {
    /** The file has another version. */
    static final int OTHER_VERSION = 46;

    /** There is a file where there should be none. */
    static final int EXISTS = 47;

    private FileFailures() {}

    /** Throws what an answer means, unless it is 0. */
    static void check(Shell.Answer answer, String path) {
        if (answer.status() != 0) {
            throw of(answer, path);
        }
    }

    private static WorkspaceException of(Shell.Answer answer, String path) {
        return switch (answer.status()) {
            case 40 -> new PathNotFoundException("there is no " + path);
            case 41 -> new WorkspaceException(Reason.NOT_A_DIRECTORY, "this is not a folder: " + path);
            case 42 -> new PathDeniedException("the agent has not the right to do this: " + path);
            case 43 -> new OutsideWorkspaceException("this is outside the workspace, or leads out of it: " + path);
            case 44 -> new WorkspaceException(Reason.IS_DIRECTORY, "this is a folder: " + path);
            case 45 -> new WorkspaceException(Reason.NOT_A_FILE, "this is not a regular file: " + path);
            case 48 -> new WorkspaceException(Reason.OTHER, "too many symbolic links: " + path);
            case 51 ->
                new PathDeniedException("not all of it could be deleted, what the agent may not is left: " + path);
            default -> ofError(answer, path);
        };
    }

    /** The words are those of the C library, with the locale C. */
    private static WorkspaceException ofError(Shell.Answer answer, String path) {
        String error = answer.error();
        if (error.contains("No space left on device") || error.contains("Disk quota exceeded")) {
            return new WorkspaceException(Reason.NO_SPACE, "there is no room in the workspace for " + path);
        }
        if (error.contains("Permission denied") || error.contains("Operation not permitted")) {
            return new PathDeniedException("the agent has not the right to do this: " + path);
        }
        if (error.contains("Read-only file system")) {
            return new PathDeniedException("this cannot be written: " + path);
        }
        return new WorkspaceException(
                Reason.OTHER, "this failed: " + path + (error.isBlank() ? "" : " (" + lastLine(error) + ")"));
    }

    private static String lastLine(String error) {
        String text = error.strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
