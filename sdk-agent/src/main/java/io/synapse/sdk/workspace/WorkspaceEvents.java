package io.synapse.sdk.workspace;

import java.time.Duration;
import java.util.Optional;

/**
 * Changes in a folder and below it, in the order in which they were noticed. The folder is looked at each second while
 * {@link #next} waits; several changes of one file between two looks are one event.
 *
 * <p>Safe for use by several threads; each event is given to one of them.
 */
public interface WorkspaceEvents extends AutoCloseable {
    /**
     * The next event.
     *
     * @return empty when there was none in this time
     * @throws io.synapse.sdk.CallCancelledException when the thread is interrupted, or the events are closed
     */
    Optional<WorkspaceEvent> next(Duration timeout);

    /** Ends the watch. */
    @Override
    void close();
}
