package io.synapse.sdk.internal.tail;

import io.synapse.sdk.Operation;
import io.synapse.sdk.internal.operation.Execution;
import io.synapse.sdk.internal.operation.OperationEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clock of the JVM, and the client's engine on the reader's thread. */
final class ClientTailContext implements TailContext {
    private static final String CLOSED = "its stream was closed";

    private final OperationEngine operations;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Execution<?> underWay;

    ClientTailContext(OperationEngine operations) {
        this.operations = operations;
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
    public <T extends @Nullable Object> T ask(Operation<T> operation) {
        Execution<T> execution = operations.execution(operation);
        underWay = execution;
        if (closed.getCount() == 0) {
            execution.cancel(CLOSED);
        }
        return execution.await();
    }

    @Override
    public void close() {
        closed.countDown();
        Execution<?> execution = underWay;
        if (execution != null) {
            execution.cancel(CLOSED);
        }
    }
}
