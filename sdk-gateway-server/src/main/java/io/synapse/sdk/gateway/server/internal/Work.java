package io.synapse.sdk.gateway.server.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work of a {@link WorkQueue}: waiting, running on a thread of its own, or over. Thread-safe.
 *
 * @param <T> its result
 */
public final class Work<T> {
    private final WorkQueue queue;
    private final Callable<T> task;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Thread thread;
    private @Nullable Future<?> timeLimit;
    private boolean begun;

    Work(WorkQueue queue, Callable<T> task) {
        this.queue = queue;
        this.task = task;
    }

    /** Its result, or the {@link GatewayFailure} that it ended with; complete as soon as that is known. */
    public CompletionStage<T> result() {
        return result;
    }

    /** Ends it: it leaves the queue, or its thread is interrupted. Does nothing when it is over. */
    public void cancel(GatewayFailure why) {
        boolean cancelled =
                result.completeExceptionally(GatewayFailure.of(why.mayHaveRun(isBegun()), queue.name(), false));
        synchronized (this) {
            if (cancelled && thread != null) {
                thread.interrupt();
            }
        }
        queue.leave(this);
    }

    synchronized boolean isBegun() {
        return begun;
    }

    synchronized void limitedBy(Future<?> limit) {
        timeLimit = limit;
        if (result.isDone()) {
            limit.cancel(false);
        }
    }

    /** Does it, on the thread that calls. */
    void run() {
        synchronized (this) {
            if (result.isDone()) {
                return;
            }
            begun = true;
            thread = Thread.currentThread();
        }
        try {
            result.complete(task.call());
        } catch (Throwable e) { // an Error too is the end of this work, and must be told to who waits
            result.completeExceptionally(GatewayFailure.of(e, queue.name(), true));
        } finally {
            synchronized (this) {
                thread = null;
                Thread.interrupted(); // a cancellation that came too late is not the next work's
                if (timeLimit != null) {
                    timeLimit.cancel(false);
                }
            }
        }
    }

    /** Whether it has a result. */
    boolean hasSucceeded() {
        return result.isDone() && !result.isCompletedExceptionally();
    }
}
