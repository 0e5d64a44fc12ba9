package io.synapse.sdk.internal.operation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, replaced in tests. Thread-safe. */
public interface Clock {
    /** The time of this machine. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        @SuppressWarnings("ReturnValueIgnored") // which of the two ended the wait makes no difference
        public void sleep(Duration duration, CountDownLatch end) throws InterruptedException {
            end.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** A monotonic time in nanoseconds. */
    long nanoTime();

    /** Waits for so long, or until the latch is open. */
    void sleep(Duration duration, CountDownLatch end) throws InterruptedException;

    /** From 0 to 1. */
    double random();
}
