package io.synapse.sdk.gateway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work is done in the order in which it came, and what is cancelled gives up its place (wire/gateway.md, row 13). */
class WorkQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final WorkQueue queue = new WorkQueue("claude", new WorkQueue.Limits(1, 2), threads, timer);
    private final Semaphore gate = new Semaphore(0);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private Work<String> submit(String name, Duration limit) {
        return queue.submit(limit, () -> {
            gate.acquire();
            done.add(name);
            return name;
        });
    }

    @Test
    void theFirstThatCameIsTheFirstThatIsDone() throws Exception {
        submit("a", LONG);
        submit("b", LONG);
        submit("c", LONG);
        assertThatThrownBy(() -> submit("d", LONG)).isInstanceOfSatisfying(GatewayFailure.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(e.message()).contains("1 calls in flight and 2 that wait");
            assertThat(e.retryAfter()).isPresent();
        });
        gate.release(3);
        assertThat(queue.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void whoGivesUpLeavesTheQueue() throws Exception {
        submit("a", LONG);
        Work<String> second = submit("b", LONG);
        submit("c", LONG);
        second.cancel(new GatewayFailure(Kind.CANCELLED, "gone"));
        submit("d", LONG); // takes the place that is free now
        gate.release(3);
        assertThat(queue.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(done).containsExactly("a", "c", "d");
    }

    @Test
    void whoWaitsTooLongIsToldBehindHowMany() {
        submit("a", LONG);
        Work<String> second = submit("b", Duration.ofMillis(50));
        assertThat(second.result().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("behind the 1 calls in flight");
        await().atMost(Duration.ofSeconds(10)).until(() -> queue.counts().queued() == 0);
    }

    @Test
    void whatDoesNotEndKeepsItsPlaceUntilItDoes() throws Exception {
        Work<String> stubborn = queue.submit(LONG, () -> {
            gate.acquireUninterruptibly();
            return "stubborn";
        });
        await().atMost(Duration.ofSeconds(10)).until(stubborn::isBegun);
        stubborn.cancel(new GatewayFailure(Kind.CANCELLED, "gone"));
        submit("next", LONG);
        assertThat(stubborn.result().toCompletableFuture()).isCompletedExceptionally();
        assertThat(queue.counts().inFlight()).isEqualTo(1);
        assertThat(queue.counts().queued()).as("never more at a time than may").isEqualTo(1);
        gate.release(2);
        assertThat(queue.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(done).containsExactly("next");
    }
}
