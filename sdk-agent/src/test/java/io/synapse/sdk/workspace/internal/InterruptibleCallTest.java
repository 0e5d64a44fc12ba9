package io.synapse.sdk.workspace.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A future of a blocking call, which is over only when nothing of the call runs any more. */
@Timeout(20)
class InterruptibleCallTest {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void itHasTheResult() throws Exception {
        assertThat(InterruptibleCall.start(() -> "done", executor).get()).isEqualTo("done");
    }

    @Test
    void itFailsWithWhatTheCallThrew() {
        CompletableFuture<String> future = InterruptibleCall.start(
                () -> {
                    throw new IllegalArgumentException("x");
                },
                executor);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsCancelledOnlyWhenTheCallHasEnded() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<String> future = InterruptibleCall.start(
                () -> {
                    awaitInterrupt();
                    await(mayEnd);
                    ended.set(true);
                    throw new IllegalStateException("interrupted");
                },
                executor);
        started.await();

        assertThat(future.cancel(true)).isTrue();
        assertThat(future).isNotDone();
        mayEnd.countDown();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        assertThat(ended).isTrue();
        assertThat(future).isCancelled();
    }

    @Test
    void aResultThatWasThereBeforeTheInterruptIsNotLost() throws Exception {
        CompletableFuture<String> future = InterruptibleCall.start(
                () -> {
                    awaitInterrupt();
                    return "done";
                },
                executor);
        started.await();

        future.cancel(true);

        assertThat(future.get()).isEqualTo("done");
    }

    @Test
    void theThreadIsNotInterruptedForWhatItDoesNext() throws Exception {
        CompletableFuture<String> first = InterruptibleCall.start(
                () -> {
                    awaitInterrupt();
                    Thread.currentThread().interrupt();
                    return "done";
                },
                executor);
        started.await();
        first.cancel(true);

        assertThat(executor.submit(Thread::interrupted).get()).isFalse();
    }

    @Test
    void whatHasNotBegunIsNotCalled() throws Exception {
        executor.execute(() -> await(mayEnd));
        AtomicBoolean called = new AtomicBoolean();
        CompletableFuture<Boolean> future = InterruptibleCall.start(() -> called.getAndSet(true), executor);

        assertThat(future.cancel(true)).isTrue();
        assertThat(future).isCancelled();
        mayEnd.countDown();
        executor.submit(() -> {}).get();

        assertThat(called).isFalse();
    }

    private void awaitInterrupt() {
        started.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
