package io.synapse.sdk.experiment;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server has other bytes of the file than the worker (409): the part was not taken. A worker then sends the whole file
 * with {@link SyncPart#replacing}; the original can replace neither a log nor a CSV file.
 */
public final class SyncConflictException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure, whose detail has the {@code size} and {@code hash} of the server's file. */
    public SyncConflictException(Failure failure) {
        super(failure);
    }

    /** The size of the server's file, in bytes; -1 if the server does not say. */
    public long size() {
        return field("size") instanceof Number size ? size.longValue() : -1;
    }

    /** The hash of the server's file; null if the server does not say. */
    public @Nullable String hash() {
        return field("hash") instanceof String hash ? hash : null;
    }

    private @Nullable Object field(String name) {
        Object detail = failure().detail();
        Object inner = detail instanceof Map<?, ?> root && root.get("detail") instanceof Map<?, ?> nested
                ? nested.get(name)
                : null;
        return inner != null ? inner : detail instanceof Map<?, ?> root ? root.get(name) : null;
    }
}
