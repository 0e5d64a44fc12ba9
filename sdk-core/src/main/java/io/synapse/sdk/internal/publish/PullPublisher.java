package io.synapse.sdk.internal.publish;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes what is pulled by one thread while there is a subscriber. */
public abstract class PullPublisher<T, R extends @Nullable Object> implements Flow.Publisher<T>, AutoCloseable {
    private final String what;
    private final Pulled<T, R> source;
    private final Supplier<Executor> threads;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final CompletableFuture<R> completion = new CompletableFuture<>();
    private volatile @Nullable PullSubscription<T, R> subscription;

    /**
     * A publisher without a subscriber.
     *
     * @param what what is published, for messages: "the log"
     * @param threads where the reading runs; asked when the subscriber arrives
     */
    protected PullPublisher(String what, Pulled<T, R> source, Supplier<Executor> threads) {
        this.what = what;
        this.source = source;
        this.threads = threads;
        completion.whenComplete((result, failure) -> {
            if (completion.isCancelled()) {
                stop();
            }
        });
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (subscribed.getAndSet(true)) {
            refuse(subscriber, alreadySubscribed());
            return;
        }
        PullSubscription<T, R> started = new PullSubscription<>(source, subscriber, completion);
        subscription = started;
        try {
            threads.get().execute(started);
        } catch (Throwable e) { // the executor may be the user's, and has a failure of its own to report
            IllegalStateException failure =
                    new IllegalStateException("the client is closed, or its executor takes no more work", e);
            if (started.mayStart()) { // else it ran on this thread, and has its end
                completion.completeExceptionally(failure);
                refuse(subscriber, failure);
            }
        }
    }

    /** Completes with the result at the end, and fails as the subscriber does; cancelling it closes the stream. */
    public CompletableFuture<R> completion() {
        return completion;
    }

    @Override
    public void close() {
        completion.cancel(false);
        stop();
    }

    /** A task that an executor never ran would leave the completion open. */
    public void clientClosed() {
        PullSubscription<T, R> started = subscription;
        if (started == null || started.mayStart()) {
            completion.completeExceptionally(
                    new CallCancelledException(Failure.of(499, what + " was given up: the client was closed"), null));
        }
        stop();
    }

    /** Gives all elements to a consumer; returns {@link #completion()}. */
    protected CompletableFuture<R> forEach(Consumer<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        if (subscribed.get()) {
            return CompletableFuture.failedFuture(alreadySubscribed());
        }
        subscribe(new EachElement<>(consumer));
        return completion;
    }

    private void stop() {
        PullSubscription<T, R> started = subscription;
        if (started == null) {
            source.close();
        } else {
            started.stop();
        }
    }

    private IllegalStateException alreadySubscribed() {
        return new IllegalStateException(what + " has its one subscriber already");
    }

    /** A subscriber must have had a subscription before it may have an error. */
    private static void refuse(Flow.Subscriber<?> subscriber, RuntimeException why) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(why);
    }

    /** Asks for all elements. */
    private record EachElement<T>(Consumer<? super T> consumer) implements Flow.Subscriber<T> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T element) {
            consumer.accept(element);
        }

        @Override
        public void onError(Throwable failure) {} // the completion has it

        @Override
        public void onComplete() {} // likewise
    }
}
