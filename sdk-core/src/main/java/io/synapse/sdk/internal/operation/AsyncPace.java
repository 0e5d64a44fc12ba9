package io.synapse.sdk.internal.operation;

import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The pace of one asynchronous operation: requests on an executor, pauses on a timer; cancelled from any thread. */
public final class AsyncPace implements Pace {
    private static final Runnable NOTHING = new Nothing();
    private static final Runnable CANCELLED = new Nothing();

    private final Executor executor;
    private final ScheduledExecutorService timer;

    /** Ends what is under way; {@link #CANCELLED} once the operation is given up. */
    private final AtomicReference<Runnable> underWay = new AtomicReference<>(NOTHING);

    /** What waits for a thread or for time to pass, and so would wait for ever if both came to an end. */
    private final AtomicReference<@Nullable CompletableFuture<?>> waiting = new AtomicReference<>();

    /** A pace for one operation. */
    public AsyncPace(Executor executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.timer = timer;
    }

    /** Gives the operation up: closes its connection, ends its pause, starts nothing more. */
    public void cancel() {
        underWay.getAndSet(CANCELLED).run();
    }

    /** Ends the wait for a thread or for time to pass, since neither will come; what runs already ends by itself. */
    public void abandon(RuntimeException why) {
        CompletableFuture<?> abandoned = waiting.getAndSet(null);
        if (abandoned != null) {
            abandoned.completeExceptionally(why);
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<Outcome<T>> run(HttpExchange<T> exchange) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        if (!begin(exchange::cancel)) {
            outcome.cancel(false);
            return outcome;
        }
        waiting.set(outcome);
        try {
            executor.execute(() -> runInto(exchange, outcome));
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(Duration duration) {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        if (!begin(() -> over.cancel(false))) {
            over.cancel(false);
            return over;
        }
        waiting.set(over);
        timer.schedule(() -> executor.execute(() -> wake(over)), duration.toNanos(), TimeUnit.NANOSECONDS);
        return over;
    }

    private <T extends @Nullable Object> void runInto(HttpExchange<T> exchange, CompletableFuture<Outcome<T>> outcome) {
        waiting.set(null);
        try {
            Outcome<T> result = exchange.run();
            end();
            outcome.complete(result);
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    @SuppressWarnings("NullAway") // a future of nothing completes with null
    private void wake(CompletableFuture<@Nullable Void> over) {
        waiting.set(null);
        end();
        over.complete(null);
    }

    private boolean begin(Runnable canceller) {
        return underWay.getAndUpdate(before -> before == CANCELLED ? CANCELLED : canceller) != CANCELLED;
    }

    /** What is over must not be cancelled: its connection may serve another call by then. */
    private void end() {
        underWay.updateAndGet(before -> before == CANCELLED ? CANCELLED : NOTHING);
    }

    /** A class of its own, since two lambdas that do nothing might be one object. */
    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
