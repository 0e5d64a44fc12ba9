package io.synapse.sdk.gateway.server.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One reader of a stream. Read by one thread; closed by any. */
public final class StreamReader implements AutoCloseable {
    private final ResumableStream stream;
    private volatile long after;

    StreamReader(ResumableStream stream, long after) {
        this.stream = stream;
        this.after = after;
    }

    /** The id of the stream. */
    public String stream() {
        return stream.id();
    }

    /** The number of the last message that was read; 0 for none. */
    public long after() {
        return after;
    }

    /**
     * The next message; null when none came in this time, or there will be none.
     *
     * @throws GatewayFailure how the stream ended, once all its messages are read
     */
    public @Nullable StreamEntry next(Duration wait) throws InterruptedException {
        StreamEntry entry = stream.await(after, System.nanoTime() + wait.toNanos());
        if (entry != null) {
            after = entry.number();
            stream.advanced();
        }
        return entry;
    }

    /** Whether all messages are read and the work has succeeded. */
    public boolean isOver() {
        return stream.isOver(after);
    }

    @Override
    public void close() {
        stream.leave(this);
    }
}
