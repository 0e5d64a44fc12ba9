package io.synapse.sdk.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The threads of one client: none before they are needed, none after {@link #close}. Thread-safe. */
public final class ClientThreads implements AutoCloseable {
    private static final int MAX_CALLS = 64;

    private final @Nullable Executor given;
    private @Nullable ExecutorService calls;
    private @Nullable ExecutorService streams;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /** Threads of our own, or those of the given executor, which is left alone on close. */
    public ClientThreads(@Nullable Executor given) {
        this.given = given;
    }

    /** Where asynchronous calls run, so many at once and the others in order. */
    public synchronized Executor calls() {
        requireOpen();
        if (given != null) {
            return given;
        }
        if (calls == null) {
            calls = Threads.bounded("call", MAX_CALLS);
        }
        return calls;
    }

    /** Where asynchronous streams run, each on a thread of its own. */
    public synchronized Executor streams() {
        requireOpen();
        if (given != null) {
            return given;
        }
        if (streams == null) {
            streams = Threads.cached("tail");
        }
        return streams;
    }

    /** Wakes up what waits. */
    public synchronized ScheduledExecutorService timer() {
        requireOpen();
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, Threads.platform("timer"));
            timer.setRemoveOnCancelPolicy(true);
        }
        return timer;
    }

    /** Ends our own threads; what runs on them is interrupted. */
    @Override
    public synchronized void close() {
        closed = true;
        for (ExecutorService own : new @Nullable ExecutorService[] {calls, streams, timer}) {
            if (own != null) {
                own.shutdownNow();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }
}
