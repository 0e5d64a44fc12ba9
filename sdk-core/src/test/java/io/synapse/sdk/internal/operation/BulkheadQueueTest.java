package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of a bulkhead under cancels, deadlines and executors that reject. */
@Timeout(60)
class BulkheadQueueTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());

    private static final List<ServerAddress> ONE = List.of(ServerAddress.of("http://h"));

    private final Servers servers =
            new Servers(() -> ONE, LoadBalancing.ROUND_ROBIN, Clock.SYSTEM::nanoTime, Clock.SYSTEM::random);

    private OperationEngine engine(ExchangeFactory exchanges, int inFlight, int queued) {
        CallPolicy policy = new CallPolicy(Duration.ofSeconds(20), false, RetryPolicy.DEFAULT, ClientListener.NONE);
        Layers layers =
                new Layers(Resilience.NONE.bulkhead(inFlight, queued), Clock.SYSTEM::nanoTime, InFlightLimit.NONE);
        return new OperationEngine(policy, layers, servers, exchanges, "none", Clock.SYSTEM);
    }

    @Test
    void allThatWaitEndWhenTheirExecutorRejectsThem() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        OperationEngine engine = engine(
                new AnsweringExchanges(() -> {
                    running.countDown();
                    hold.await();
                }),
                1,
                20_000);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        calls.add(engine.performAsync(GET, executor, timer));
        running.await();
        for (int call = 0; call < 10_000; call++) {
            calls.add(engine.performAsync(GET, executor, timer));
        }
        await().until(() -> engine.layers().status(servers).get(0).queued() == 10_000);
        executor.shutdown(); // takes no more tasks
        hold.countDown();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(calls).allMatch(CompletableFuture::isDone);
            assertThat(engine.layers().status(servers).get(0).inFlight()).isZero();
        });
        timer.shutdownNow();
    }

    @Test
    void nothingIsLeftAfterCancelsAndDeadlines() throws Exception {
        OperationEngine engine = engine(
                new AnsweringExchanges(() -> {
                    int sleep = ThreadLocalRandom.current().nextInt(3);
                    if (sleep > 0) {
                        Thread.sleep(0, sleep * 200_000);
                    }
                }),
                2,
                50);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger hung = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long end = System.nanoTime() + 8_000_000_000L;
        for (int each = 0; each < 4; each++) {
            boolean blocking = each % 2 == 0;
            Thread thread = new Thread(() -> {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                while (System.nanoTime() < end) {
                    Endpoint<String> endpoint = GET.callTimeout(Duration.ofNanos(1 + random.nextInt(3_000_000)));
                    if (blocking) {
                        catchThrowable(() -> engine.perform(endpoint));
                        done.incrementAndGet();
                        continue;
                    }
                    List<CompletableFuture<String>> some = new ArrayList<>();
                    for (int call = 0; call < 5; call++) {
                        some.add(engine.performAsync(endpoint, executor, timer));
                    }
                    some.forEach(call -> {
                        if (random.nextBoolean()) {
                            call.cancel(false);
                        }
                    });
                    for (CompletableFuture<String> call : some) {
                        Throwable failure = catchThrowable(() -> call.get(2, TimeUnit.SECONDS));
                        if (failure instanceof java.util.concurrent.TimeoutException) {
                            hung.incrementAndGet();
                        }
                        done.incrementAndGet();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread each : threads) {
            each.join();
        }
        assertThat(hung.get()).isZero();
        await().atMost(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(engine.layers().status(servers).get(0).inFlight()).isZero();
            assertThat(engine.layers().status(servers).get(0).queued()).isZero();
        });
        executor.shutdownNow();
        timer.shutdownNow();
    }
}
