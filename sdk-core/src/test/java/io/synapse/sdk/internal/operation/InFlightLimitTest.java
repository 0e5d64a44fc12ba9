package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.resilience.Layers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit that a server has by itself holds for all views of a client together. */
@Timeout(60)
class InFlightLimitTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final List<ServerAddress> ONE = List.of(ServerAddress.of("http://h"));

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger limit = new AtomicInteger(3);
    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Servers servers =
            new Servers(() -> ONE, LoadBalancing.ROUND_ROBIN, Clock.SYSTEM::nanoTime, Clock.SYSTEM::random);
    private final AnsweringExchanges exchanges = new AnsweringExchanges(() -> {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        hold.await();
        inFlight.decrementAndGet();
    });
    private final OperationEngine engine = new OperationEngine(
            new CallPolicy(Duration.ofSeconds(20), false, RetryPolicy.DEFAULT, ClientListener.NONE),
            new Layers(Resilience.NONE, Clock.SYSTEM::nanoTime, limit::get),
            servers,
            exchanges,
            "none",
            Clock.SYSTEM);

    @AfterEach
    void stop() {
        hold.countDown();
        executor.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void allViewsTogetherHaveNoMoreCallsInFlightAndAllAreMade() {
        OperationEngine narrow = view(Resilience.NONE.bulkhead(2, 1000));
        OperationEngine plain = view(Resilience.NONE);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int call = 0; call < 50; call++) {
            calls.add(start(engine));
            calls.add(start(narrow));
            calls.add(start(plain));
        }
        await().until(() -> inFlight.get() == 3);
        assertThat(engine.layers().status(servers).get(0).queued()).isPositive();

        hold.countDown();

        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(20)));
        assertThat(most.get()).isEqualTo(3);
        assertThat(engine.layers().status(servers).get(0).inFlight()).isZero();
    }

    @Test
    void theWaitForAPlaceCountsAgainstTheTimeOfTheCall() {
        List<CompletableFuture<String>> running = List.of(start(engine), start(engine), start(engine));
        await().until(() -> inFlight.get() == 3);

        RequestTimeoutException late = catchThrowableOfType(
                RequestTimeoutException.class, () -> engine.perform(GET.callTimeout(Duration.ofMillis(50))));

        assertThat(late).hasMessageContaining("3 calls in flight");
        assertThat(late.mayHaveBeenExecuted()).isFalse();
        assertThat(running).noneMatch(CompletableFuture::isDone);
        assertThat(engine.layers().status(servers).get(0).queued()).isZero();
    }

    @Test
    void whoWaitsGoesOnWhenTheLimitIsLifted() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int call = 0; call < 10; call++) {
            calls.add(start(engine));
        }
        await().until(() -> inFlight.get() == 3);
        limit.set(Integer.MAX_VALUE);
        hold.countDown();

        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(20)));
    }

    private OperationEngine view(Resilience resilience) {
        return engine.with(CallOptions.NONE.resilience(resilience));
    }

    private CompletableFuture<String> start(OperationEngine on) {
        return on.performAsync(GET, executor, timer);
    }
}
