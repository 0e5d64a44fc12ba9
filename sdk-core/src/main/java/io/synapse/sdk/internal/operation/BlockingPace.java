package io.synapse.sdk.internal.operation;

import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Everything on the caller's thread: all futures are complete when they are returned. */
public final class BlockingPace implements Pace {
    private final Sleeper sleeper;

    /** A pace that sleeps with this. */
    public BlockingPace(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<Outcome<T>> run(HttpExchange<T> exchange) {
        return CompletableFuture.completedFuture(exchange.run());
    }

    @Override
    @SuppressWarnings("NullAway") // a future of nothing completes with null
    public CompletableFuture<@Nullable Void> pause(Duration duration) {
        try {
            sleeper.sleep(duration);
            return CompletableFuture.completedFuture(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        }
    }
}
