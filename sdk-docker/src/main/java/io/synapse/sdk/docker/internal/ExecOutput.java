package io.synapse.sdk.docker.internal;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a program in a container writes, on one thread. While it works, the program waits as soon as the buffers
 * between them are full.
 */
public interface ExecOutput {
    /** Takes a piece of the standard output; cut anywhere. */
    void standardOutput(byte[] piece);

    /** Takes a piece of the standard error; in no order with the output (wire/workspace.md, section 0, trap 9). */
    void standardError(byte[] piece);

    /**
     * The stream has ended. That proves nothing about the program (trap 2): the engine or the container may be gone.
     *
     * @param failure of the connection; null for an orderly end
     */
    void ended(@Nullable Throwable failure);
}
