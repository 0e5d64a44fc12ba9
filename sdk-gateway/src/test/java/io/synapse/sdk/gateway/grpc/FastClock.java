package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.internal.operation.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is ten seconds later after each decision about a retry, and with which no pause has a length. */
final class FastClock implements Clock {
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public long nanoTime() {
        return System.nanoTime() + ahead.get();
    }

    @Override
    public void sleep(Duration duration, CountDownLatch end) {
        throw new IllegalStateException("nothing sleeps here");
    }

    @Override
    public double random() {
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(10));
        return 0;
    }
}
