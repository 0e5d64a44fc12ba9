package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A stream of events ended before its last event, and cannot be continued (503): its server does not number its events,
 * or does not have the rest any more. All events before were delivered. The server may go on with what was begun:
 * {@link #mayHaveBeenExecuted()} is true. The cause says how the connection ended, or why it could not be continued.
 */
public final class StreamCutException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final long delivered;

    /** An exception for a stream that was cut. */
    public StreamCutException(Failure failure, long delivered, @Nullable Throwable cause) {
        super(failure, cause);
        this.delivered = delivered;
    }

    /** The number of events that were delivered before. */
    public long delivered() {
        return delivered;
    }
}
