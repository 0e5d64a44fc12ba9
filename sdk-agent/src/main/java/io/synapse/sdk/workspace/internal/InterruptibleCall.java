package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.internal.http.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call on a thread of an executor. Cancelling it interrupts the call, and it is cancelled when the call has
 * ended, so that nothing of it runs any more. Not API.
 */
public final class InterruptibleCall<T extends @Nullable Object> extends CompletableFuture<T> {
    private @Nullable Thread runner;
    private boolean started;
    private boolean cancelled;

    private InterruptibleCall() {}

    /**
     * Starts a call.
     *
     * @throws IllegalStateException when the executor takes none any more
     */
    public static <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> call, Executor executor) {
        InterruptibleCall<T> future = new InterruptibleCall<>();
        try {
            executor.execute(() -> future.run(call));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the workspace is closed", e);
        }
        return future;
    }

    /** Starts a call on a thread of its own. */
    public static <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> call, String threadName) {
        ExecutorService thread = Threads.cached(threadName);
        CompletableFuture<T> future = start(call, thread);
        thread.shutdown(); // once the call has ended
        return future;
    }

    private void run(Supplier<T> call) {
        if (!begin()) {
            return;
        }
        T result = null;
        Throwable failure = null;
        try {
            result = call.get();
        } catch (Throwable e) { // an error too: the future is the only one to tell
            failure = e;
        }
        boolean wasCancelled = end();
        if (failure == null) {
            complete(result); // done before the interrupt took effect: the result must not be lost
        } else if (wasCancelled) {
            super.cancel(true);
        } else {
            completeExceptionally(failure);
        }
    }

    private synchronized boolean begin() {
        if (cancelled || isDone()) {
            return false;
        }
        started = true;
        runner = Thread.currentThread();
        return true;
    }

    /** From here on no interrupt reaches the thread, which does other work next. */
    private synchronized boolean end() {
        runner = null;
        if (cancelled) {
            Thread.interrupted();
        }
        return cancelled;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        synchronized (this) {
            if (isDone()) {
                return isCancelled();
            }
            cancelled = true;
            if (runner != null) {
                runner.interrupt();
            }
            if (started) {
                return true;
            }
        }
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
