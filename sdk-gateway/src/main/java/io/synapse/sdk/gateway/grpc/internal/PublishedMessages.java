package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.internal.publish.PullPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of a stream. */
final class PublishedMessages<T> extends PullPublisher<T, @Nullable Void> implements EventPublisher<T> {
    PublishedMessages(MessageStream<T> messages, Supplier<Executor> threads) {
        super("the stream", messages, threads);
    }

    @Override
    public CompletableFuture<@Nullable Void> forEachEvent(Consumer<? super T> consumer) {
        return forEach(consumer);
    }
}
