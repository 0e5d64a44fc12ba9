package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.operation.AsyncPace;
import io.synapse.sdk.internal.operation.CallEngine;
import io.synapse.sdk.internal.operation.Pace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real world: time passes, and calls go through the client's engine on the reader's thread. */
final class ClientSurroundings implements Surroundings {
    private static final Polling EVERY_SECOND =
            Polling.every(Duration.ofSeconds(1), Duration.ofNanos(Long.MAX_VALUE), "the job to end");

    private final CallEngine calls;
    private final ClientThreads threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Pace pace = new ReaderPace();
    private volatile @Nullable HttpExchange<?> exchange;

    ClientSurroundings(CallEngine calls, ClientThreads threads) {
        this.calls = calls;
        this.threads = threads;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored") // whether it was the time or the close that ended it makes no difference
    public void pause(Duration duration) throws InterruptedException {
        closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public JobStatus ask(Operation<JobStatus> status) {
        try {
            return calls.perform(status, pace).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** A fault of the server may pass; any other is left to the reader, which asks again and has to deal with it. */
    @Override
    public Runnable watch(Operation<JobStatus> status, Runnable whenOver) {
        AsyncPace background = new AsyncPace(threads.calls(), threads.timer());
        Operation<Boolean> isOver = status.map(JobStatus::isTerminal).recover(ServerException.class, fault -> false);
        calls.perform(isOver.until(over -> over, EVERY_SECOND, seen -> {}), background)
                .whenComplete((over, failure) -> whenOver.run());
        return background::cancel;
    }

    @Override
    public void close() {
        closed.countDown();
        HttpExchange<?> underWay = exchange;
        if (underWay != null) {
            underWay.cancel();
        }
    }

    /** On the reader's own thread, as a blocking call, but ended by {@link #close}. */
    private final class ReaderPace implements Pace {
        @Override
        public <T extends @Nullable Object> CompletableFuture<Outcome<T>> run(HttpExchange<T> next) {
            exchange = next;
            if (closed.getCount() == 0) {
                next.cancel();
            }
            return CompletableFuture.completedFuture(next.run());
        }

        @Override
        @SuppressWarnings("NullAway") // a future of nothing completes with null
        public CompletableFuture<@Nullable Void> pause(Duration duration) {
            try {
                ClientSurroundings.this.pause(duration);
                return CompletableFuture.completedFuture(null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CompletableFuture.failedFuture(e);
            }
        }
    }
}
