package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.internal.operation.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is ten seconds later each time it is read, and with which no pause has a length. */
final class FastClock implements Clock {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
        return now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    }

    @Override
    public void sleep(Duration duration, CountDownLatch cancelled) {
        throw new IllegalStateException("nothing sleeps here");
    }

    @Override
    public double random() {
        return 0;
    }
}
