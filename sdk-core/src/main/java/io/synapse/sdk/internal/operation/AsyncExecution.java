package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.http.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
        execution.onCancel(this::end);
        execution.onWake(this::wake);
        goOn(execution.advance(false)); // a bad argument fails the future at once
        return future;
    }

    /** Does nothing when the future was completed by the execution itself, which is over then. */
    private void cancel() {
        execution.engine().end(execution);
        execution.cancel("it was cancelled");
    }

    private void end() {
        Step step = waiting;
        if (step != null) {
            step.begin();
        }
    }

    private void wake() {
        Step step = waiting;
        if (step != null) {
            submit(step);
        }
    }

    private void goOn(@Nullable Duration pause) {
        if (pause == null) {
            complete();
            return;
        }
        Step next = new Step();
        waiting = next;
        try {
            if (pause.isZero()) {
                submit(next);
            } else {
                next.schedule(() -> submit(next), pause);
            }
        } catch (RejectedExecutionException e) {
            execution.cancel("the client was closed");
        }
        if (execution.cancelReason() != null) {
            next.begin(); // on this thread: nothing is sent any more, only what follows a failure is done
        } else if (execution.isAwake()) {
            submit(next);
        }
    }

    private void submit(Step step) {
        if (!step.isDue()) {
            return;
        }
        Deadline limit = execution.waitForThread();
        try {
            if (limit != Deadline.NONE) {
                step.schedule(() -> expire(step, limit), limit.left());
            }
            executor.execute(step::begin);
        } catch (RuntimeException | Error e) { // whatever an executor of the user's throws, there is no thread
            reject();
        }
    }

    /** On the timer: a call that ends may be what the next one waits for, which may be rejected too, and so on. */
    private void reject() {
        Runnable rejection = () -> execution.cancel("its executor takes no more tasks");
        try {
            timer.execute(rejection);
        } catch (RejectedExecutionException closed) {
            rejection.run();
        }
    }

    /** The executor had no thread for it: what was to be called fails, and what follows such a failure is done. */
    private void expire(Step step, Deadline limit) {
        if (step.isFirst()) {
            waiting = null;
            String time = limit.limit().toMillis() / 1000.0 + " s";
            goOn(execution.expire(new RequestTimeoutException(
                    Kind.CALL,
                    Failure.of(408, "the call was not sent: its executor had no thread for it within " + time),
                    null)));
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
        private @Nullable Future<?> timed;
        private boolean due;
        private boolean begun;

        /** Does something later, unless the step begins before. */
        synchronized void schedule(Runnable action, Duration delay) {
            if (!begun) {
                timed = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        /** Whether it is to be submitted now, for the first time. */
        synchronized boolean isDue() {
            boolean first = !due && !begun;
            due = true;
            if (first && timed != null) {
                timed.cancel(false);
            }
            return first;
        }

        void begin() {
            if (isFirst()) {
                waiting = null;
                goOn(execution.advance(true));
            }
        }

        private synchronized boolean isFirst() {
            boolean first = !begun;
            begun = true;
            if (first && timed != null) {
                timed.cancel(false);
            }
            return first;
        }
    }
}
