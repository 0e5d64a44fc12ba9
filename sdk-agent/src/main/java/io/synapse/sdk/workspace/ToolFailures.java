package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The errors of {@link ToolResult}s, in the words of the protocol (wire/workspace.md, section 2) where it has some. */
final class ToolFailures {
    private static final Set<Reason> BEYOND_REPAIR = Set.of(Reason.ENGINE_UNAVAILABLE, Reason.WORKSPACE_LOST);
    private static final int MOST_QUOTED = 500;

    private ToolFailures() {}

    /** The result of an operation, or of its failure. What a model cannot repair is thrown. */
    static <T> T attempt(Supplier<T> operation, Function<ClientException, T> failed) {
        try {
            return operation.get();
        } catch (ClientException e) {
            throwIfBeyondRepair(e);
            return failed.apply(e);
        }
    }

    static void throwIfBeyondRepair(ClientException failure) {
        if (failure instanceof CallCancelledException
                || reason(failure).filter(BEYOND_REPAIR::contains).isPresent()) {
            throw failure;
        }
    }

    static String read(String path, ClientException failure) {
        return "File '" + path + "': "
                + switch (reason(failure).orElse(Reason.OTHER)) {
                    case NOT_FOUND -> "file_not_found";
                    case PERMISSION_DENIED -> "permission_denied";
                    case IS_DIRECTORY, NOT_A_FILE -> "not_a_file";
                    case TOO_LARGE -> "Binary file exceeds maximum preview size of 512000 bytes";
                    default -> message(failure);
                };
    }

    static String write(String path, ClientException failure) {
        return "Error: Failed to write file '" + path + "': " + message(failure);
    }

    static String edit(String path, String oldString, ClientException failure) {
        return switch (reason(failure).orElse(Reason.OTHER)) {
            case NOT_FOUND -> "Error: File '" + path + "' not found";
            case PERMISSION_DENIED -> "Error: Permission denied editing file '" + path + "'";
            case IS_DIRECTORY, NOT_A_FILE -> "Error: '" + path + "' is not a regular file";
            case NOT_TEXT -> "Error: File '" + path + "' is not a text file";
            case NO_MATCH ->
                "Error: String not found in file: '" + shortened(oldString) + "' (" + message(failure) + ")";
            case SEVERAL_MATCHES ->
                "Error: String '" + shortened(oldString)
                        + "' appears multiple times. Use replace_all=True to replace all occurrences. ("
                        + message(failure) + ")";
            default -> "Error editing file '" + path + "': " + message(failure);
        };
    }

    static String delete(String path, ClientException failure) {
        return reason(failure).orElse(Reason.OTHER) == Reason.NOT_FOUND
                ? "Error: '" + path + "' not found"
                : "Error deleting file '" + path + "': " + message(failure);
    }

    /** Of what looks for files: ls, grep, glob. */
    static String search(String path, ClientException failure) {
        return "Path '" + path + "': "
                + switch (reason(failure).orElse(Reason.OTHER)) {
                    case NOT_FOUND -> "path_not_found";
                    case NOT_A_DIRECTORY -> "not_a_directory";
                    case PERMISSION_DENIED -> "permission_denied";
                    default -> message(failure);
                };
    }

    static String transfer(ClientException failure) {
        if (failure instanceof BadRequestException) {
            return "invalid_path";
        }
        return switch (reason(failure).orElse(Reason.OTHER)) {
            case NOT_FOUND -> "file_not_found";
            case PERMISSION_DENIED, OUTSIDE_WORKSPACE -> "permission_denied";
            case IS_DIRECTORY -> "is_directory";
            case NOT_A_DIRECTORY -> "invalid_path";
            default -> message(failure);
        };
    }

    /** The message, what a model must know of a conflict, and whether the operation may have been done all the same. */
    static String message(ClientException failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        if (failure.mayHaveBeenExecuted()) {
            text.append(" (it may have been done)");
        }
        if (failure instanceof WriteConflictException conflict) {
            conflict.currentVersion()
                    .ifPresent(version -> text.append("\nCurrent version: ").append(version));
            conflict.changes().ifPresent(changes -> text.append("\nChanges:\n").append(changes));
        }
        return text.toString();
    }

    private static Optional<Reason> reason(ClientException failure) {
        return failure instanceof WorkspaceException known ? Optional.of(known.reason()) : Optional.empty();
    }

    private static String shortened(String text) {
        if (text.length() <= MOST_QUOTED) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_QUOTED - 1)) ? MOST_QUOTED - 1 : MOST_QUOTED;
        return text.substring(0, end) + "…";
    }
}
