package io.synapse.sdk.internal.operation;

import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The two things in which a blocking call differs from an asynchronous one: on which thread a request is sent, and how
 * time passes between two. The blocking pace does both on the caller's thread and returns completed futures, so that
 * one engine serves both.
 */
public interface Pace {
    /** Runs one attempt; the future never fails. */
    <T extends @Nullable Object> CompletableFuture<Outcome<T>> run(HttpExchange<T> exchange);

    /** Lets time pass. The future fails with {@link InterruptedException} when the thread is interrupted meanwhile. */
    CompletableFuture<@Nullable Void> pause(Duration duration);
}
