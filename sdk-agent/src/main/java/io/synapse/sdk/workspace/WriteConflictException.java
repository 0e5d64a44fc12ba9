package io.synapse.sdk.workspace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a write does not hold (409): another has written the file, or deleted it. Nothing was changed. {@link #changes()}
 * tells an agent what it did not know.
 */
public final class WriteConflictException extends WorkspaceException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String currentVersion;
    private final @Nullable String changes;

    /**
     * A conflict.
     *
     * @param currentVersion the version that the file has now; null when there is no file
     * @param changes what differs between the version of the condition and the current one; null when it is not known
     */
    public WriteConflictException(String message, @Nullable String currentVersion, @Nullable String changes) {
        super(Reason.CONFLICT, message);
        this.currentVersion = currentVersion;
        this.changes = changes;
    }

    /** The version that the file has now; empty when there is no file. */
    public Optional<String> currentVersion() {
        return Optional.ofNullable(currentVersion);
    }

    /**
     * The lines that differ between the version of the condition and the current one, in the form of {@code diff -u},
     * shortened to 4 KB. Empty when the earlier content is not known to this JVM.
     */
    public Optional<String> changes() {
        return Optional.ofNullable(changes);
    }
}
