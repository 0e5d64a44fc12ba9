package io.synapse.sdk.embedded.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things that are opened one after another and closed in the opposite order, all of them whatever one throws. */
public final class CloseStack implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Adds what has been opened. */
    public <T extends AutoCloseable> T add(T opened) {
        open.push(opened);
        return opened;
    }

    /** Closes all because of a failure, to which what fails here is added as suppressed. */
    public void closeAfter(Exception failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Closes all.
     *
     * @throws RuntimeException the first failure, the others suppressed
     */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
