package io.synapse.sdk.docker.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Calls whose outcome must be known: an interrupt takes effect after them. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Waits for a call on another thread, whatever happens; the thread is interrupted afterwards.
     *
     * @throws ExecutionException with what the call threw
     * @throws java.util.concurrent.RejectedExecutionException when the executor is shut down
     */
    public static <T extends @Nullable Object> T call(ExecutorService executor, Callable<T> call)
            throws ExecutionException {
        Future<T> answer = executor.submit(call);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
