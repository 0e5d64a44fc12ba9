package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.internal.http.AtomicFile;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Function;

/** Writes a file of this machine, which is replaced once its content is complete. Not API. */
public final class TargetFile {
    private TargetFile() {}

    /**
     * Writes it; what has been written is removed when that fails.
     *
     * @throws WorkspaceException when it cannot be written
     */
    public static <T> T write(Path target, Function<OutputStream, T> content) {
        try {
            return AtomicFile.write(target, content::apply);
        } catch (IOException e) {
            throw new WorkspaceException(Reason.OTHER, String.valueOf(e.getMessage()), e);
        }
    }
}
