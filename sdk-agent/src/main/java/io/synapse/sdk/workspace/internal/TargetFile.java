package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a file of this machine, which is replaced once its content is complete. Not API. */
public final class TargetFile {
    private TargetFile() {}

    /**
     * Writes it; what has been written is removed when that fails.
     *
     * @throws WorkspaceException when it cannot be written
     */
    public static <T> T write(Path target, Function<OutputStream, T> content) {
        Path part = null;
        try {
            part = Files.createTempFile(target.toAbsolutePath().getParent(), ".synapse-", ".part");
            T result;
            try (OutputStream output = Files.newOutputStream(part)) {
                result = content.apply(output);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } catch (IOException e) {
            throw new WorkspaceException(Reason.OTHER, target + " cannot be written: " + e, e);
        } finally {
            deleteIfThere(part);
        }
    }

    private static void deleteIfThere(@Nullable Path part) {
        if (part != null) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                part.toFile().deleteOnExit();
            }
        }
    }
}
