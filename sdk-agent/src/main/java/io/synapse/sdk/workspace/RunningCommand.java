package io.synapse.sdk.workspace;

import java.time.Duration;
import java.util.Optional;

/** A command in the background. Safe for use by any number of threads. */
public interface RunningCommand extends AutoCloseable {
    /** Whether the command runs. */
    boolean isRunning();

    /** What it has written until now, as far as it is kept: see {@link Command#outputLimit}. */
    String output();

    /** Its result; empty while it runs. */
    Optional<CommandResult> result();

    /**
     * Waits for its end. An interrupt of the waiting thread leaves the command running.
     *
     * @throws io.synapse.sdk.RequestTimeoutException when it still runs after this time; it goes on
     */
    CommandResult await(Duration timeout);

    /** Ends the command and all its processes, and waits until none is left. Does nothing when it has ended. */
    CommandResult kill();

    /** {@link #kill()}. */
    @Override
    default void close() {
        kill();
    }
}
