package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Settings;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.operation.OperationEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The future of an asynchronous operation completes, whatever its executor does, and leaves nothing behind. */
@Timeout(30)
class AsyncCallsTest {
    private static final Endpoint<String> TEXT = Endpoint.get("x", ResponseType.text());
    private static final String BUSY = "HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    AsyncCallsTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void aFullExecutorIsATimeoutOfTheCall() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        one.execute(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client =
                        TestClient.builder().baseUrl(server.url()).executor(one).build()) {
            CompletableFuture<String> answer = client.async().perform(TEXT.callTimeout(Duration.ofMillis(200)));

            Throwable failure = catchThrowable(() -> answer.get(2, TimeUnit.SECONDS));
            assertThat(failure).isInstanceOf(ExecutionException.class);
            assertThat(failure.getCause())
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("0.2 s");
            over.countDown();
            one.shutdown();
            assertThat(one.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void interceptorsRunOnTheThreadThatSends() throws Exception {
        List<String> asked = new ArrayList<>();
        Executor named = task -> new Thread(task, "sending").start();
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .executor(named)
                        .interceptor((method, url) -> {
                            asked.add(Thread.currentThread().getName());
                            return Map.of();
                        })
                        .build()) {
            client.async().perform(TEXT).get();
        }
        assertThat(asked).containsExactly("sending");
    }

    /** What an executor may do with a task instead of running it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anExecutorThatFailsEndsTheOperation(int tasksTaken) throws IOException {
        for (Throwable thrown : List.of(
                new RejectedExecutionException(), new IllegalStateException(), new OutOfMemoryError("no thread"))) {
            AtomicInteger tasks = new AtomicInteger();
            Executor failing = task -> {
                if (tasks.getAndIncrement() < tasksTaken) {
                    threads.execute(task);
                } else if (thrown instanceof Error error) {
                    throw error;
                } else {
                    throw (RuntimeException) thrown;
                }
            };
            try (RawServer server = RawServer.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                    TestClient client = TestClient.builder()
                            .baseUrl(server.url())
                            .executor(failing)
                            .retryPolicy(RetryPolicy.DEFAULT
                                    .initialDelay(Duration.ofMillis(1))
                                    .maxAttempts(10))
                            .build()) {
                CompletableFuture<String> answer = client.async().perform(TEXT);
                assertThat(catchThrowable(() -> answer.get(2, TimeUnit.SECONDS)))
                        .hasCauseInstanceOf(CallCancelledException.class);
            }
        }
    }

    @Test
    void futuresCompleteAndTheTimerIsEmptyWhateverTheExecutorTakes() throws Exception {
        Executor random = task -> {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                throw new RejectedExecutionException();
            }
            threads.execute(task);
        };
        try (RawServer server = RawServer.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
            OperationEngine engine = engine(server);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int call = 0; call < 300; call++) {
                CompletableFuture<String> answer = engine.performAsync(TEXT, random, timer);
                answers.add(answer);
                if (call % 5 == 0) {
                    answer.cancel(false);
                }
            }
            for (CompletableFuture<String> answer : answers) {
                assertThat(catchThrowable(() -> answer.get(5, TimeUnit.SECONDS)))
                        .isNotNull();
                assertThat(answer).isDone();
            }
            await().atMost(1, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(timer.getQueue()).isEmpty());
        }
    }

    @Test
    void aCancelledPauseLeavesNothingInTheTimer() throws Exception {
        try (RawServer server = RawServer.answering(BUSY)) {
            CompletableFuture<String> answer = engine(server).performAsync(TEXT, threads, timer);
            await().until(() ->
                    !server.requests.isEmpty() && timer.getQueue().size() == 1 && timer.getActiveCount() == 0);

            answer.cancel(false);

            await().atMost(1, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(timer.getQueue()).isEmpty());
        }
    }

    @Test
    void manyPagesAreCollectedAsynchronously() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
            while (connection.request()) {
                int page = pages.incrementAndGet();
                String next = page < 2_000 ? "\"/x?page=" + (page + 1) + "\"" : "null";
                connection.send(RawServer.ok("{\"count\":1,\"next\":" + next + ",\"results\":[\"a\"]}"));
            }
        })) {
            Operation<List<String>> all = PagedList.collect(Endpoint.get("x", ResponseType.pageOf(String.class)));
            assertThat(engine(server).performAsync(all, threads, timer).get()).hasSize(2_000);
        }
    }

    @Test
    void closingTheClientLeavesNoThread() throws Exception {
        try (RawServer server = RawServer.answering(RawServer.ok("done"))) {
            TestClient client = TestClient.builder().baseUrl(server.url()).build();
            client.async().perform(TEXT).get();
            client.perform(Endpoint.post("x", ResponseType.text()).json("x".repeat(100_000)));
            client.close();
            await().atMost(2, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.startsWith("synapse-")));
            await().atMost(1, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aBlockingPostNeedsNoThreadOfOurs() throws Exception {
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            client.perform(Endpoint.post("x", ResponseType.text()).json("small"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("synapse-timer"));
        }
    }

    private static OperationEngine engine(RawServer server) {
        var settings = Settings.of(server.url());
        HttpTransport transport = Settings.transport(settings, () -> {
            throw new IllegalStateException("no timer is needed");
        });
        return new OperationEngine(
                settings.calls(),
                Settings.WITHOUT_LAYERS,
                Settings.servers(settings),
                transport::exchange,
                "dialect",
                Clock.SYSTEM);
    }
}
