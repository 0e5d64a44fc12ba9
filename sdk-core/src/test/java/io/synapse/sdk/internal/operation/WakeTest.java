package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.ExchangeFactory;
import io.synapse.sdk.internal.resilience.InFlightLimit;
import io.synapse.sdk.internal.resilience.Layers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that gets its place just when it begins to wait is not left waiting until its time is up. */
@Timeout(60)
class WakeTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());

    private static OperationEngine engine(Clock clock, ExchangeFactory exchanges, int queued) {
        List<ServerAddress> one = List.of(ServerAddress.of("http://h"));
        Servers servers = new Servers(() -> one, LoadBalancing.ROUND_ROBIN, clock::nanoTime, clock::random);
        CallPolicy policy = new CallPolicy(Duration.ofSeconds(3), false, RetryPolicy.DEFAULT, ClientListener.NONE);
        Layers layers = new Layers(Resilience.NONE.bulkhead(1, queued), clock::nanoTime, InFlightLimit.NONE);
        return new OperationEngine(policy, layers, servers, exchanges, "none", clock);
    }

    /** The place is given while the waiting call reads the clock, between "not granted" and its pause. */
    @Test
    void thePlaceThatIsGivenJustBeforeThePauseIsTaken() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        AtomicReference<Thread> first = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        Clock clock = new Clock() {
            @Override
            public long nanoTime() {
                boolean inWindow = first.get() != null
                        && Thread.currentThread() != first.get()
                        && StackWalker.getInstance()
                                .walk(frames -> frames.anyMatch(
                                        frame -> frame.getMethodName().equals("sendOrWait")));
                if (inWindow && !done.getAndSet(true)) {
                    finish.countDown();
                    try {
                        first.get().join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration, CountDownLatch end) throws InterruptedException {
                Clock.SYSTEM.sleep(duration, end);
            }

            @Override
            public double random() {
                return 0;
            }
        };
        OperationEngine engine = engine(
                clock,
                new AnsweringExchanges(() -> {
                    if (sent.getAndIncrement() == 0) {
                        running.countDown();
                        finish.await();
                    }
                }),
                5);
        Thread holder = new Thread(() -> engine.perform(GET));
        holder.start();
        running.await();
        first.set(holder);
        long start = System.nanoTime();
        Throwable failure = catchThrowable(() -> engine.perform(GET));
        assertThat(failure).isNull();
    }

    /** The same without help: many threads, one place. */
    @Test
    void underLoadNoCallIsLeftWaiting() throws Exception {
        OperationEngine engine = engine(Clock.SYSTEM, new AnsweringExchanges(() -> {}), 100);
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        long end = System.nanoTime() + 10_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int each = 0; each < 4; each++) {
            Thread thread = new Thread(() -> {
                while (failed.get() == null && System.nanoTime() < end) {
                    calls.incrementAndGet();
                    Throwable failure = catchThrowable(() -> engine.perform(GET));
                    if (failure != null) {
                        failed.set(failure);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread each : threads) {
            each.join();
        }
        assertThat(failed.get()).isNull();
    }
}
