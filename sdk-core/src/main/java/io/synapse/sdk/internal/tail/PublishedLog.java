package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
            refuse(subscriber, new IllegalStateException("the log has its one subscriber already"));
            return;
        }
        LogSubscription started = new LogSubscription(log, subscriber, completion);
        subscription = started;
        try {
            threads.get().execute(started);
        } catch (RejectedExecutionException | IllegalStateException e) {
            IllegalStateException failure = new IllegalStateException("the client is closed", e);
            completion.completeExceptionally(failure);
            refuse(subscriber, failure);
        }
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

    private void stop() {
        LogSubscription started = subscription;
        if (started == null) {
            log.close();
        } else {
            started.stop();
        }
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
}
