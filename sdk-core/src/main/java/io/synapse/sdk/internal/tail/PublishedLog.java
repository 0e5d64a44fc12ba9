package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes a log that is pulled by one thread while there is a subscriber. */
final class PublishedLog implements LogPublisher {
    private final LogStream log;
    private final Supplier<Executor> threads;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final CompletableFuture<JobStatus> completion = new CompletableFuture<>();
    private volatile @Nullable LogSubscription subscription;

    PublishedLog(LogStream log, Supplier<Executor> threads) {
        this.log = log;
        this.threads = threads;
        completion.whenComplete((status, failure) -> {
            if (completion.isCancelled()) {
                stop();
            }
        });
    }

    @Override
    public void subscribe(Flow.Subscriber<? super String> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (subscribed.getAndSet(true)) {
            refuse(subscriber, alreadySubscribed());
            return;
        }
        LogSubscription started = new LogSubscription(log, subscriber, completion);
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

    @Override
    public CompletableFuture<JobStatus> forEachLine(Consumer<? super String> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        if (subscribed.get()) {
            return CompletableFuture.failedFuture(alreadySubscribed());
        }
        subscribe(new EachLine(consumer));
        return completion;
    }

    @Override
    public CompletableFuture<JobStatus> completion() {
        return completion;
    }

    @Override
    public LogStatistics statistics() {
        return log.statistics();
    }

    @Override
    public void close() {
        completion.cancel(false);
        stop();
    }

    /** A task that an executor never ran would leave the completion open. */
    void clientClosed() {
        LogSubscription started = subscription;
        if (started == null || started.mayStart()) {
            completion.completeExceptionally(
                    new CallCancelledException(Failure.of(499, "the log was given up: the client was closed"), null));
        }
        stop();
    }

    private void stop() {
        LogSubscription started = subscription;
        if (started == null) {
            log.close();
        } else {
            started.stop();
        }
    }

    private static IllegalStateException alreadySubscribed() {
        return new IllegalStateException("the log has its one subscriber already");
    }

    /** A subscriber must have had a subscription before it may have an error. */
    private static void refuse(Flow.Subscriber<? super String> subscriber, RuntimeException why) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(why);
    }

    /** Asks for all lines. */
    private record EachLine(Consumer<? super String> consumer) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            consumer.accept(line);
        }

        @Override
        public void onError(Throwable failure) {} // the completion has it

        @Override
        public void onComplete() {} // likewise
    }
}
