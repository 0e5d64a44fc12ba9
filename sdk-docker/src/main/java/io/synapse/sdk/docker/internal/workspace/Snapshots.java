package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.internal.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** All files of a workspace in one archive, made and read in the container (wire/workspace.md, section 6). */
final class Snapshots {
    private Snapshots() {}

    static void save(Shell shell, OutputStream target) throws IOException, InterruptedException {
        FileFailures.check(shell.call("save", target::write, Deadline.NONE), Workspace.ROOT);
    }

    static void restore(Shell shell, Path snapshot) throws IOException, InterruptedException {
        Arguments.requireFile(snapshot);
        try (InputStream content = Files.newInputStream(snapshot)) {
            FileFailures.check(shell.call("begin_restore", Shell.Content.NOTHING, Deadline.NONE), Workspace.ROOT);
            UploadPieces.send(shell, "add", content, Shell.Content.NOTHING, Workspace.ROOT);
        }
        Shell.Answer answer = shell.call("restore", Shell.Content.NOTHING, Deadline.NONE);
        if (answer.status() != 0) {
            throw new WorkspaceException(
                    Reason.OTHER, "this is no snapshot of a workspace: " + snapshot + " (" + answer.error() + ")");
        }
    }
}
