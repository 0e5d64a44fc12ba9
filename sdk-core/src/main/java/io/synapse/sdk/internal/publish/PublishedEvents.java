package io.synapse.sdk.internal.publish;

import io.synapse.sdk.EventPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes events. */
public final class PublishedEvents<T> extends PullPublisher<T, @Nullable Void> implements EventPublisher<T> {
    /**
     * A publisher of a stream.
     *
     * @param threads where it is read, asked for when there is a subscriber
     */
    public PublishedEvents(Pulled<T, @Nullable Void> events, Supplier<Executor> threads) {
        super("the stream", events, threads);
    }

    @Override
    public CompletableFuture<@Nullable Void> forEachEvent(Consumer<? super T> consumer) {
        return forEach(consumer);
    }
}
