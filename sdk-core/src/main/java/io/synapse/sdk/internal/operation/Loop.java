package io.synapse.sdk.internal.operation;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a step until it gives a result. Steps that are complete at once (as in blocking calls) are repeated in a
 * plain loop, so that a wait of days does not deepen the stack.
 */
final class Loop<T extends @Nullable Object> {
    /**
     * What a step leads to.
     *
     * @param again whether to take another step
     * @param result the result, if not
     */
    record Step<T extends @Nullable Object>(boolean again, T result) {
        static <T extends @Nullable Object> Step<T> done(T result) {
            return new Step<>(false, result);
        }

        @SuppressWarnings("NullAway") // the result of an unfinished loop is never read
        static <T extends @Nullable Object> Step<T> more() {
            return new Step<>(true, null);
        }
    }

    private final Supplier<CompletableFuture<Step<T>>> step;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Loop(Supplier<CompletableFuture<Step<T>>> step) {
        this.step = step;
    }

    static <T extends @Nullable Object> CompletableFuture<T> of(Supplier<CompletableFuture<Step<T>>> step) {
        Loop<T> loop = new Loop<>(step);
        loop.run();
        return loop.result;
    }

    private void run() {
        try {
            CompletableFuture<Step<T>> next = step.get();
            while (next.isDone()
                    && !next.isCompletedExceptionally()
                    && next.join().again()) {
                next = step.get();
            }
            next.whenComplete(this::continueWith);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void continueWith(@Nullable Step<T> step, @Nullable Throwable failure) {
        if (failure != null || step == null) {
            result.completeExceptionally(failure);
        } else if (step.again()) {
            run();
        } else {
            result.complete(step.result());
        }
    }
}
