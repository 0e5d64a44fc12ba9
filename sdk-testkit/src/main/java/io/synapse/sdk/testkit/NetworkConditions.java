package io.synapse.sdk.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The state of the network that all connections share: silent, slow or sound. A change reaches those who wait at once;
 * whoever waits for a connection that is over gets a {@link SocketException}. Thread-safe.
 */
final class NetworkConditions {
    private static final int LARGEST_PIECE = 16 * 1024;
    private static final int PIECES_PER_SECOND = 50;
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean silent;
    private volatile long delayNanos;
    private volatile long bytesPerSecond = UNLIMITED;

    void silent(boolean nowSilent) {
        change(() -> silent = nowSilent);
    }

    void delay(Duration delay) {
        change(() -> delayNanos = delay.toNanos());
    }

    void throttle(long nowBytesPerSecond) {
        change(() -> bytesPerSecond = nowBytesPerSecond);
    }

    void clear() {
        change(() -> {
            silent = false;
            delayNanos = 0;
            bytesPerSecond = UNLIMITED;
        });
    }

    /** Lets those who wait look again whether their connection is over. */
    void wake() {
        change(() -> {});
    }

    /** Returns when the network is not silent. */
    void awaitSound(BooleanSupplier over) throws IOException {
        await(over, () -> silent ? Long.MAX_VALUE : 0);
    }

    /** Returns when a chunk that has just arrived may go on. */
    void awaitDelay(BooleanSupplier over) throws IOException {
        long since = System.nanoTime();
        await(over, () -> since + delayNanos - System.nanoTime());
    }

    /** How much of what is there may be sent in one go, so that a slow network is slow evenly. */
    Piece piece(int available) {
        long speed = bytesPerSecond;
        int bytes = (int) Math.min(Math.min(available, LARGEST_PIECE), Math.max(1, speed / PIECES_PER_SECOND));
        return new Piece(bytes, transferNanos(bytes, speed));
    }

    /** Returns when the network has carried the piece. */
    void awaitTransfer(Piece piece, BooleanSupplier over) throws IOException {
        long since = System.nanoTime();
        await(over, () -> {
            long needed = Math.min(piece.nanos, transferNanos(piece.bytes, bytesPerSecond));
            return since + needed - System.nanoTime();
        });
    }

    private static long transferNanos(int bytes, long speed) {
        return speed == UNLIMITED ? 0 : TimeUnit.SECONDS.toNanos(bytes) / speed;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier over, LongSupplier nanosLeft) throws IOException {
        lock.lock();
        try {
            long nanos = nanosLeft.getAsLong();
            while (nanos > 0 && !over.getAsBoolean()) {
                changed.awaitNanos(nanos);
                nanos = nanosLeft.getAsLong();
            }
            if (over.getAsBoolean()) {
                throw new SocketException("the connection has ended");
            }
        } catch (InterruptedException e) {
            // Only the end of the proxy interrupts its threads.
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the proxy is being closed");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Bytes that go out together.
     *
     * @param nanos how long they take at the speed at which they were sent; a network that has become faster takes less
     */
    record Piece(int bytes, long nanos) {}
}
