package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Performs an {@link Execution} on an executor: its calls there, its pauses on a timer. Its future always completes: also
 * when the executor rejects a step, or has no thread for it before the call timeout.
 */
final class AsyncExecution<T extends @Nullable Object> {
    private final Execution<T> execution;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    /** What ends the wait for time to pass or for a thread; null while a thread runs. */
    private volatile @Nullable Step waiting;

    AsyncExecution(Execution<T> execution, Executor executor, ScheduledExecutorService timer) {
        this.execution = execution;
        this.executor = executor;
        this.timer = timer;
    }

    CompletableFuture<T> start() {
        execution.engine().begin(execution);
        future.whenComplete((result, failure) -> cancel());
        execution.onCancel(this::wake);
        if (execution.advance(false) == null) { // a bad argument fails the future at once
            complete();
        } else {
            submit(new Step());
        }
        return future;
    }

    /** Does nothing when the future was completed by the execution itself, which is over then. */
    private void cancel() {
        execution.engine().end(execution);
        execution.cancel("it was cancelled");
    }

    private void wake() {
        Step step = waiting;
        if (step != null) {
            step.begin();
        }
    }

    private void submit(Step step) {
        execution.waitsForThread();
        waiting = step;
        Duration limit = execution.engine().settings().callTimeout();
        try {
            if (!limit.isZero()) {
                step.limit = timer.schedule(step::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
            }
            executor.execute(step::begin);
        } catch (RejectedExecutionException e) {
            execution.cancel("its executor takes no more tasks");
        }
        if (execution.cancelReason() != null) {
            step.begin(); // on this thread: nothing is sent any more, only what follows a failure is done
        }
    }

    private void run() {
        Duration pause = execution.advance(true);
        if (pause == null) {
            complete();
            return;
        }
        Step next = new Step();
        waiting = next;
        try {
            next.limit = timer.schedule(() -> submit(next), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            execution.cancel("the client was closed");
        }
        if (execution.cancelReason() != null) {
            next.begin();
        }
    }

    private void complete() {
        execution.engine().end(execution);
        try {
            future.complete(execution.result());
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    /** A step that is taken once, by whichever thread comes first. */
    private final class Step {
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile @Nullable Future<?> limit;

        void begin() {
            if (begun.compareAndSet(false, true)) {
                waiting = null;
                Future<?> timed = limit;
                if (timed != null) {
                    timed.cancel(false);
                }
                run();
            }
        }

        /** The executor had no thread for it. */
        void expire() {
            if (!begun.get()) {
                String limit = execution.engine().settings().callTimeout().toMillis() / 1000.0 + " s";
                future.completeExceptionally(new RequestTimeoutException(
                        Kind.CALL,
                        Failure.of(
                                408,
                                "the call was not sent: its executor had no thread for it within the call timeout of "
                                        + limit),
                        null));
            }
        }
    }
}
