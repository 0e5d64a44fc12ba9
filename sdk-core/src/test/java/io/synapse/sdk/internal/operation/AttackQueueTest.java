package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
class AttackQueueTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());

    private interface Body {
        void run() throws InterruptedException;
    }

    private static final List<ServerAddress> ONE = List.of(ServerAddress.of("http://h"));

    private final Servers servers =
            new Servers(() -> ONE, LoadBalancing.ROUND_ROBIN, Clock.SYSTEM::nanoTime, Clock.SYSTEM::random);

    private ExchangeFactory answering(Body body) {
        return new ExchangeFactory() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline) {
                return new Exchange<>() {
                    @Override
                    public Outcome<T> run() {
                        try {
                            body.run();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new Outcome<>((T) "ok", null, OptionalInt.of(200), 0, 0);
                    }

                    @Override
                    public void abort(String why) {}

                    @Override
                    public String request() {
                        return "GET x";
                    }
                };
            }
        };
    }

    private OperationEngine engine(ExchangeFactory exchanges, int inFlight, int queued) {
        CallPolicy policy = new CallPolicy(Duration.ofSeconds(20), false, RetryPolicy.DEFAULT, ClientListener.NONE);
        return new OperationEngine(policy, servers, exchanges, "none", Clock.SYSTEM)
                .with(CallOptions.NONE.resilience(Resilience.NONE.bulkhead(inFlight, queued)), exchanges);
    }

    @Test
    void allThatWaitEndWhenTheirExecutorRejectsThem() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        OperationEngine engine = engine(
                answering(() -> {
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
        for (int turn = 0; turn < 500 && engine.layers().status(servers).get(0).queued() < 10_000; turn++) {
            Thread.sleep(20);
        }
        System.out.println("queued " + engine.layers().status(servers));
        executor.shutdown(); // takes no more tasks
        hold.countDown();
        int open = 0;
        Thread.sleep(2000);
        for (CompletableFuture<String> each : calls) {
            open += each.isDone() ? 0 : 1;
        }
        System.out.println("not ended " + open + ", " + engine.layers().status(servers) + ", first "
                + catchThrowable(() -> calls.get(0).get(1, TimeUnit.SECONDS)));
        timer.shutdownNow();
        assertThat(open).isZero();
        assertThat(engine.layers().status(servers).get(0).inFlight()).isZero();
    }

    @Test
    void nothingIsLeftAfterCancelsAndDeadlines() throws Exception {
        OperationEngine engine = engine(
                answering(() -> {
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
        Thread.sleep(500);
        System.out.println(
                "done " + done + ", hung " + hung + ", " + engine.layers().status(servers));
        assertThat(hung.get()).isZero();
        assertThat(engine.layers().status(servers).get(0).inFlight()).isZero();
        assertThat(engine.layers().status(servers).get(0).queued()).isZero();
        executor.shutdownNow();
        timer.shutdownNow();
    }
}
