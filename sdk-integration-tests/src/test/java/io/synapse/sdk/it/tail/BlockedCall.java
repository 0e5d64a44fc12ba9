package io.synapse.sdk.it.tail;

import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call on a thread of its own that waits for the network, until somebody frees it. */
public final class BlockedCall {
    private final CompletableFuture<Long> freed = new CompletableFuture<>();
    private final Thread thread;

    private BlockedCall(Runnable call) {
        thread = new Thread(() -> run(call));
    }

    /** Returns once the call waits in a socket: what comes before that is no proof. */
    public static BlockedCall start(Runnable call) {
        BlockedCall blocked = new BlockedCall(call);
        blocked.thread.start();
        await().pollInterval(Duration.ofMillis(5)).until(blocked::waitsInSocket);
        return blocked;
    }

    /** How long after the action the call ended with a cancellation. */
    public Duration freedBy(Runnable action) throws Exception {
        long begin = System.nanoTime();
        action.run();
        return Duration.ofNanos(freed.get(10, TimeUnit.SECONDS) - begin);
    }

    /** Interrupts its thread. */
    public void interrupt() {
        thread.interrupt();
    }

    private void run(Runnable call) {
        try {
            call.run();
            freed.completeExceptionally(new AssertionError("the call ended as if nothing had happened"));
        } catch (CallCancelledException expected) {
            freed.complete(System.nanoTime());
        } catch (RuntimeException e) {
            freed.completeExceptionally(e);
        }
    }

    private boolean waitsInSocket() {
        StackTraceElement[] stack = thread.getStackTrace();
        return freed.isDone()
                || stack.length > 0
                        && stack[0].isNativeMethod()
                        && stack[0].getClassName().startsWith("sun.nio.ch.");
    }
}
