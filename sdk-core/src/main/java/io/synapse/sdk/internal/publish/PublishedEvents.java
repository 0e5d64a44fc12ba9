package io.synapse.sdk.internal.event;

import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.internal.publish.PullPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes events. */
final class PublishedEvents<T> extends PullPublisher<T, @Nullable Void> implements EventPublisher<T> {
    PublishedEvents(FollowedEvents<T> events, Supplier<Executor> threads) {
        super("the stream", events, threads);
    }

    @Override
    public CompletableFuture<@Nullable Void> forEachEvent(Consumer<? super T> consumer) {
        return forEach(consumer);
    }
}
