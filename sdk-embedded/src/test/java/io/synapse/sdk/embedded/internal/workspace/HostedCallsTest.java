package io.synapse.sdk.embedded.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.workspace.internal.CallFailure;
import io.synapse.sdk.workspace.internal.CallReply;
import io.synapse.sdk.workspace.internal.WorkspaceCalls.CommandAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations are performed once for each key, and kept as long as somebody may ask for them. */
@Timeout(30)
class HostedCallsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicLong now = new AtomicLong();
    private final HostedCalls calls = new HostedCalls(executor, now::get, 1_000);
    private final AtomicInteger performed = new AtomicInteger();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private CompletableFuture<CallReply> count(String key, boolean keep) {
        return calls.join(key, progress -> performed.incrementAndGet(), keep, LONG);
    }

    @Test
    void theSameKeyHasTheSameResultUntilNobodyCanAskForIt() {
        assertThat(count("key", true).join().result()).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        calls.sweep(LEASE);
        assertThat(count("key", true).join().result()).isEqualTo(1);

        now.addAndGet(Duration.ofMinutes(6).toNanos());
        calls.sweep(LEASE);

        assertThat(calls.isKnown("key")).isFalse();
        assertThat(count("another", false).join().result()).isEqualTo(2);
        assertThat(calls.isKnown("another"))
                .as("a result that can be had again")
                .isFalse();
    }

    @Test
    void anOperationThatNobodyWaitsForIsCancelledAndSaysWhy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CallReply first = calls.join("key", progress -> hang(begun, progress), true, Duration.ofMillis(1))
                .join();
        begun.await();
        assertThat(first.done()).isFalse();

        now.addAndGet(LEASE.toNanos() - 1);
        calls.sweep(LEASE);
        assertThat(calls.isRunning("key")).isTrue();
        now.addAndGet(1);
        calls.sweep(LEASE);

        CallReply last = count("key", true).join();
        assertThat(last.failure().kind()).isEqualTo(CallFailure.Kind.CANCELLED);
        assertThat(last.failure().message()).contains("nobody has asked for its result for PT1M");
        assertThat(last.failure().mayHaveBeenExecuted()).isTrue();
        assertThat(performed).hasValue(0);
    }

    @Test
    void whatIsCancelledBeforeItComesIsNotBegun() {
        assertThat(calls.cancel("key", LONG).join().failure().kind()).isEqualTo(CallFailure.Kind.CANCELLED);

        assertThat(count("key", true).join().failure().kind()).isEqualTo(CallFailure.Kind.CANCELLED);
        assertThat(performed).hasValue(0);
    }

    @Test
    void whoWaitsIsToldHowFarItIs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<CallReply> first =
                calls.join("key", progress -> hang(begun, progress), true, Duration.ofMillis(1));
        begun.await();
        first.join();

        assertThat(count("key", true).copy().isDone()).isFalse();
        assertThat(calls.join("key", progress -> 0, true, Duration.ofMillis(1))
                        .join()
                        .progress())
                .isEqualTo("half");
        calls.cancelAll("the test is over");
    }

    /** Of all that is kept, only the outputs take memory worth talking of. */
    @Test
    void largeOutputsAreDroppedAndNothingElse() {
        String large = "x".repeat(1_001);
        count("small", true).join();
        calls.join("large", progress -> new CommandAnswer(0, large, "", 0, false, false, 1), true, LONG)
                .join();

        calls.sweep(LEASE);

        assertThat(count("small", true).join().result()).isEqualTo(1);
        CallFailure dropped = count("large", true).join().failure();
        assertThat(dropped.message()).contains("no memory to keep the result");
        assertThat(dropped.mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void whatIsInUseIsNotForgotten() {
        Handles<String> handles = new Handles<>("thing", now::get);
        String running = handles.keep("running");
        handles.keep("ended");
        now.addAndGet(Duration.ofMinutes(11).toNanos());

        assertThat(handles.removeUnused(Duration.ofMinutes(10), "running"::equals))
                .containsExactly("ended");
        assertThat(handles.removeUnused(Duration.ofMinutes(10), thing -> false))
                .as("from its end on")
                .isEmpty();
        assertThat(handles.get(running)).isEqualTo("running");
    }

    private static Object hang(CountDownLatch begun, java.util.function.Consumer<String> progress) {
        progress.accept("half");
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return "never";
    }
}
