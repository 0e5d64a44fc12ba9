package io.synapse.sdk.workspace;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A command in the background. Safe for use by any number of threads. */
public interface RunningCommand extends AutoCloseable {
    /** Whether the command runs. */
    boolean isRunning();

    /** What it has written until now, as far as it is kept: see {@link Command#outputLimit}. */
    String output();

    /**
     * The next part of what it writes, at most 64 KiB: as soon as there is some, or the command has ended. Each part is asked
     * for at the {@linkplain CommandOutput#next() end} of the one before, from 0 on. Within {@link Command#outputLimit}
     * nothing is missing; of a longer output, the middle is missing for a reader that was not there in time.
     *
     * @param position in bytes
     * @param wait how long to wait at most; the part is empty when nothing came
     * @throws io.synapse.sdk.BadRequestException when the position is negative, or beyond what was written
     * @throws io.synapse.sdk.CallCancelledException when the waiting thread is interrupted; the command goes on
     */
    CommandOutput output(long position, Duration wait);

    /**
     * Gives its output on as it comes, from the beginning until it has ended: the parts of {@link #output(long, Duration)}.
     * What the consumer throws, and an interrupt of the thread, end this method and leave the command running.
     *
     * @param output gets each part that is not empty, on the calling thread
     * @return its result
     */
    default CommandResult follow(Consumer<CommandOutput> output) {
        Duration wait = Duration.ofSeconds(10);
        CommandOutput part;
        long position = 0;
        do {
            part = output(position, wait);
            position = part.next();
            if (!part.text().isEmpty()) {
                output.accept(part);
            }
        } while (!part.last());
        return await(wait);
    }

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
