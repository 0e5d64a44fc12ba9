package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.operation.Execution;
import io.synapse.sdk.internal.operation.OperationEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real world: time passes, and calls go through the client's engine on the reader's thread. */
final class ClientSurroundings implements Surroundings {
    private static final Polling EVERY_SECOND =
            Polling.every(Duration.ofSeconds(1), Duration.ofNanos(Long.MAX_VALUE), "the job to end");

    private final OperationEngine calls;
    private final ClientThreads threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Execution<?> question;

    ClientSurroundings(OperationEngine calls, ClientThreads threads) {
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
        Execution<JobStatus> execution = calls.execution(status);
        question = execution;
        if (closed.getCount() == 0) {
            execution.cancel("its stream was closed");
        }
        return execution.await();
    }

    /** A fault of the server may pass; any other is left to the reader, which asks again and has to deal with it. */
    @Override
    public Runnable watch(Operation<JobStatus> status, Runnable whenOver) {
        Operation<Boolean> isOver = status.map(JobStatus::isTerminal).recover(ServerException.class, fault -> false);
        Future<?> watch = calls.performAsync(
                        isOver.until(over -> over, EVERY_SECOND, seen -> {}), threads.calls(), threads.timer())
                .whenComplete((over, failure) -> whenOver.run());
        return () -> watch.cancel(false);
    }

    @Override
    public void close() {
        closed.countDown();
        Execution<?> underWay = question;
        if (underWay != null) {
            underWay.cancel("its stream was closed");
        }
    }
}
