package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the layers of {@link Resilience} must not lose, repeat or mix up, whatever users' code and servers do. */
@Timeout(30)
class LayersTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final Endpoint<String> POST = Endpoint.post("x", ResponseType.text());
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.initialDelay(Duration.ZERO).maxDelay(Duration.ZERO);
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    public record Answer(String text, Map<String, Object> additionalProperties) {}

    public record Listed(List<String> items, Map<String, Object> additionalProperties) {}

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static final class MapCache implements FallbackCache {
        final Map<String, Object> kept = new ConcurrentHashMap<>();

        @Override
        public Object get(String key) {
            return kept.get(key);
        }

        @Override
        public void put(String key, Object answer) {
            kept.put(key, answer);
        }
    }

    private static final class Counts implements ClientListener {
        final AtomicInteger started = new AtomicInteger();
        final AtomicInteger finished = new AtomicInteger();

        @Override
        public void callStarted(Call call) {
            started.incrementAndGet();
        }

        @Override
        public void callFinished(Call call, Attempt last, Duration duration) {
            finished.incrementAndGet();
        }
    }

    private static CircuitBreaker.Permission permission(Runnable onResult) {
        return new CircuitBreaker.Permission() {
            @Override
            public void onSuccess(Duration took) {
                onResult.run();
            }

            @Override
            public void onFailure(Duration took) {
                onResult.run();
            }

            @Override
            public void release() {
                onResult.run();
            }
        };
    }

    private static CircuitBreaker.Factory breaker(Runnable onResult) {
        return server -> new CircuitBreaker() {
            @Override
            public Optional<Permission> tryAcquire() {
                return Optional.of(permission(onResult));
            }

            @Override
            public State state() {
                return State.CLOSED;
            }
        };
    }

    @Test
    void aBreakerThatThrowsDoesNotKeepThePlace() throws Exception {
        AtomicInteger results = new AtomicInteger();
        try (RawServer server = RawServer.answering(RawServer.ok("ok"));
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient view = client.view(Resilience.NONE
                    .deadline(Duration.ofSeconds(1))
                    .circuitBreaker(breaker(() -> {
                        if (results.getAndIncrement() == 0) {
                            throw new IllegalStateException("breaker");
                        }
                    }))
                    .bulkhead(1, 5));
            catchThrowable(() -> view.perform(POST));
            assertThat(catchThrowable(() -> view.perform(GET))).isNull();
        }
    }

    @Test
    void aListenerThatFailsWithAnErrorDoesNotKeepThePlace() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        ClientListener listener = new ClientListener() {
            @Override
            public void callStarted(Call call) {
                if (first.getAndSet(false)) {
                    throw new AssertionError("listener");
                }
            }
        };
        try (RawServer server = RawServer.answering(RawServer.ok("ok"));
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(listener)
                        .build()) {
            TestClient view =
                    client.view(Resilience.NONE.deadline(Duration.ofSeconds(1)).bulkhead(1, 5));
            catchThrowable(() -> view.perform(GET));
            assertThat(catchThrowable(() -> view.perform(GET))).isNull();
        }
    }

    @Test
    void aHugeAttemptTimeoutDoesNotBreakCalls() throws Exception {
        try (RawServer server = RawServer.answering(RawServer.ok("ok"));
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient view = client.view(Resilience.NONE
                    .deadline(Duration.ofSeconds(1))
                    .attemptTimeout(AttemptTimeout.fixed(Duration.ofSeconds(Long.MAX_VALUE)))
                    .bulkhead(1, 5));
            Throwable one = catchThrowable(() -> view.perform(GET));
            Throwable two = catchThrowable(() -> view.perform(GET));
            assertThat(one).isNull();
        }
    }

    @Test
    void aCacheThatThrowsDoesNotFailACallThatSucceeded() throws Exception {
        Counts counts = new Counts();
        FallbackCache broken = new FallbackCache() {
            @Override
            public Object get(String key) {
                throw new IllegalStateException("cache");
            }

            @Override
            public void put(String key, Object answer) {
                throw new IllegalStateException("cache");
            }
        };
        try (RawServer server = RawServer.answering(json("{\"text\":\"a\"}"));
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(counts)
                        .build()) {
            TestClient view = client.view(Resilience.NONE.fallbackCache(broken));
            Throwable failure = catchThrowable(() -> view.perform(Endpoint.get("a", Answer.class)));
            assertThat(counts.finished.get()).isEqualTo(counts.started.get());
            assertThat(failure).isNull();
        }
    }

    @Test
    void aRuleThatFailsDoesNotHideTheFailure() throws Exception {
        try (RawServer server = RawServer.answering(UNAVAILABLE);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            TestClient view = client.view(Resilience.NONE.fallback(Answer.class, failure -> null));
            assertThat(catchThrowable(() -> view.perform(Endpoint.get("a", Answer.class))))
                    .isInstanceOf(ClientException.class);
        }
    }

    @Test
    void aUserDoesNotGetTheAnswerOfAnother() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        String who = connection.head.contains("Bearer alice") ? "secret of alice" : "bob";
                        connection.send(down.get() ? UNAVAILABLE : json("{\"text\":\"" + who + "\"}"));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            TestClient steady = client.view(Resilience.NONE.fallbackCache(new MapCache()));
            TestClient alice = steady.with(CallOptions.NONE.header("Authorization", "Bearer alice"));
            TestClient bob = steady.with(CallOptions.NONE.header("Authorization", "Bearer bob"));
            Endpoint<Answer> mine = Endpoint.get("mine", Answer.class);
            alice.perform(mine);
            down.set(true);
            AtomicReference<Answer> got = new AtomicReference<>();
            Throwable failure = catchThrowable(() -> got.set(bob.perform(mine)));
            assertThat(got.get()).isNull();
        }
    }

    @Test
    void requestsWithOtherParametersHaveOtherKeys() {
        Endpoint<Answer> one = Endpoint.get("a", Answer.class).query("q", "x, r=y");
        Endpoint<Answer> two = Endpoint.get("a", Answer.class).query("q", "x").query("r", "y");
        assertThat(io.synapse.sdk.internal.operation.RequestHash.of(one))
                .isNotEqualTo(io.synapse.sdk.internal.operation.RequestHash.of(two));
    }

    @Test
    void anAnswerOfAnotherTypeIsNotGiven() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(down.get() ? UNAVAILABLE : json("{\"text\":\"a\",\"items\":[]}"));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            TestClient view = client.view(Resilience.NONE.fallbackCache(new MapCache()));
            view.perform(Endpoint.get("a", Answer.class));
            down.set(true);
            assertThat(catchThrowable(() -> {
                        Listed listed = view.perform(Endpoint.get("a", Listed.class));
                    }))
                    .isInstanceOf(ClientException.class);
        }
    }

    @Test
    void aSupplierThatFailsBetweenAttemptsDoesNotHideThatTheRequestMayHaveBeenExecuted() throws Exception {
        Counts counts = new Counts();
        AtomicBoolean fails = new AtomicBoolean();
        try (RawServer loses = new RawServer(connection -> {
                    connection.request();
                    fails.set(true);
                });
                TestClient client = TestClient.builder()
                        .servers(() -> {
                            if (fails.get()) {
                                return List.of();
                            }
                            return List.of(ServerAddress.of(loses.url()));
                        })
                        .listener(counts)
                        .retryPolicy(AT_ONCE)
                        .build()) {
            Throwable failure = catchThrowable(() -> client.perform(POST.idempotent()));
            assertThat(((ClientException) failure).mayHaveBeenExecuted()).isTrue();
            assertThat(counts.finished.get()).isEqualTo(counts.started.get());
        }
    }

    @Test
    void anOpenCircuitDoesNotEndTheWaitForAJob() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CircuitBreaker.Factory openOnce = server -> new CircuitBreaker() {
            @Override
            public Optional<Permission> tryAcquire() {
                return asked.getAndIncrement() == 1 ? Optional.empty() : Optional.of(permission(() -> {}));
            }

            @Override
            public State state() {
                return State.CLOSED;
            }
        };
        AtomicInteger answers = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(RawServer.ok(answers.incrementAndGet() > 1 ? "done" : "running"));
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient view = client.view(Resilience.NONE.circuitBreaker(openOnce));
            Operation<String> wait = GET.until(
                    "done"::equals,
                    Polling.every(Duration.ofMillis(10), Duration.ofSeconds(10), "the job"),
                    each -> {});
            assertThat(catchThrowable(() -> view.perform(wait))).isNull();
        }
    }

    @Test
    void aRuleDoesNotMakeALostRequestSucceed() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        if (connection.head.startsWith("POST")) {
                            return; // the reply is lost; it was not executed
                        }
                        connection.send(UNAVAILABLE);
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            TestClient view = client.view(
                    Resilience.NONE.fallback(Answer.class, failure -> new Answer("unknown", new HashMap<>())));
            Operation<Answer> submit = Endpoint.post("jobs", Answer.class)
                    .verifiedBy(Endpoint.get("jobs/1", Answer.class).map(Optional::of));
            AtomicReference<Answer> got = new AtomicReference<>();
            Throwable failure = catchThrowable(() -> got.set(view.perform(submit)));
            assertThat(failure).isInstanceOf(ClientException.class);
        }
    }

    @Test
    void callsThatWaitAreNotSentOnceTheCircuitIsOpen() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        CircuitBreaker.Factory opensAtOnce = server -> new CircuitBreaker() {
            @Override
            public Optional<Permission> tryAcquire() {
                return open.get()
                        ? Optional.empty()
                        : Optional.of(new Permission() {
                            @Override
                            public void onSuccess(Duration took) {}

                            @Override
                            public void onFailure(Duration took) {
                                open.set(true);
                            }

                            @Override
                            public void release() {}
                        });
            }

            @Override
            public State state() {
                return open.get() ? State.OPEN : State.CLOSED;
            }
        };
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        go.await();
                        connection.send(UNAVAILABLE);
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            TestClient.Async view = client.async()
                    .view(Resilience.NONE.circuitBreaker(opensAtOnce).bulkhead(1, 50));
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int call = 0; call < 21; call++) {
                calls.add(view.perform(GET));
            }
            await().until(() -> view.servers().get(0).queued() == 20);
            go.countDown();
            for (CompletableFuture<String> each : calls) {
                catchThrowable(() -> each.get(10, TimeUnit.SECONDS));
            }
            assertThat(server.requests.size()).isLessThan(5);
        }
    }

    @Test
    void anotherWeightKeepsWhatIsKnownOfTheServer() throws Exception {
        AtomicInteger weight = new AtomicInteger(1);
        AtomicInteger made = new AtomicInteger();
        try (RawServer server = RawServer.answering(RawServer.ok("a"));
                TestClient client = TestClient.builder()
                        .servers(() -> List.of(new ServerAddress(server.url(), weight.get())))
                        .build()) {
            TestClient view = client.view(Resilience.NONE.circuitBreaker(url -> {
                made.incrementAndGet();
                return breaker(() -> {}).create(url);
            }));
            view.perform(GET);
            weight.set(2);
            view.perform(GET);
            assertThat(made.get()).isEqualTo(1);
        }
    }

    @Test
    void anAttemptLimitDoesNotCutADownloadThatGoesOn() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
                        for (int part = 0; part < 20; part++) {
                            Thread.sleep(50);
                            connection.send("x");
                        }
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient view = client.view(Resilience.NONE.attemptTimeout(AttemptTimeout.fixed(Duration.ofMillis(500))));
            Throwable failure = catchThrowable(() -> view.perform(GET.callTimeout(Duration.ZERO)));
            assertThat(failure).isNull();
        }
    }

    @Test
    void aPostAfterARestartOfTheServerUsesItsConnectionAgain() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(RawServer.ok("a"));
                        if (answered.incrementAndGet() == 3) {
                            return; // one connection ends at once, as by a restart
                        }
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            for (int call = 0; call < 3; call++) {
                client.perform(POST);
            }
            await().until(() -> server.openConnections() == 0);
            await().until(
                            () -> { // once one is open for longer than the one that was closed
                                int known = server.connections.get();
                                client.perform(POST);
                                return server.connections.get() == known;
                            });
            int known = server.connections.get();
            for (int call = 0; call < 20; call++) {
                client.perform(POST);
            }
            assertThat(server.connections).hasValue(known);
        }
    }

    @Test
    void aRetryIsNotSentOnTheTimersThread() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        List<String> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
        java.util.concurrent.ExecutorService one = java.util.concurrent.Executors.newSingleThreadExecutor();
        try (RawServer server = RawServer.answering(UNAVAILABLE);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .callTimeout(Duration.ofMillis(300))
                        .executor(one)
                        .interceptor((method, uri) -> {
                            threads.add(Thread.currentThread().getName());
                            return Map.of();
                        })
                        .retryPolicy(RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(50)))
                        .listener(new ClientListener() {
                            @Override
                            public void retryScheduled(Call call, Attempt failed, Duration delay) {
                                one.execute(() -> {
                                    try {
                                        busy.await();
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
                            }
                        })
                        .build()) {
            CompletableFuture<String> call = client.async().perform(GET.callTimeout(Duration.ofSeconds(20)));
            catchThrowable(() -> call.get(3, TimeUnit.SECONDS));
            busy.countDown();
            assertThat(threads).noneMatch(name -> name.contains("timer"));
        } finally {
            busy.countDown();
            one.shutdownNow();
        }
    }

    /** The server that may have executed the request is the one to ask: another may not know yet, or never. */
    @Test
    void aLookupGoesToTheServerThatMayHaveExecutedTheRequest() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        class Node {
            final AtomicBoolean has = new AtomicBoolean();

            RawServer start(boolean losesReply) throws java.io.IOException {
                return new RawServer(connection -> {
                    while (connection.request()) {
                        if (connection.head.startsWith("POST")) {
                            executed.incrementAndGet();
                            has.set(true);
                            if (losesReply) {
                                return;
                            }
                            connection.send(RawServer.ok("submitted"));
                        } else {
                            connection.send(
                                    has.get()
                                            ? RawServer.ok("submitted")
                                            : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                        }
                    }
                });
            }
        }
        try (RawServer one = new Node().start(true);
                RawServer two = new Node().start(false);
                TestClient client = TestClient.builder()
                        .baseUrls(one.url(), two.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            Operation<Optional<String>> lookup = Endpoint.get("jobs/1", ResponseType.text())
                    .map(Optional::of)
                    .recover(NotFoundException.class, missing -> Optional.empty());
            client.perform(Endpoint.post("jobs", ResponseType.text()).verifiedBy(lookup));
            assertThat(executed.get()).isEqualTo(1);
        }
    }

    @Test
    void clientsOfTwoServicesWithTheSameLayersDoNotGetEachOthersAnswers() throws Exception {
        try (RawServer one = RawServer.answering(json("{\"text\":\"one\"}"));
                RawServer two = RawServer.answering(UNAVAILABLE);
                TestClient first = TestClient.builder().baseUrl(one.url()).build();
                TestClient second = TestClient.builder()
                        .baseUrl(two.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            Resilience layers = Resilience.NONE.fallbackCache(new MapCache());
            first.view(layers).perform(Endpoint.get("health", Answer.class));
            AtomicReference<Answer> got = new AtomicReference<>();
            Throwable failure =
                    catchThrowable(() -> got.set(second.view(layers).perform(Endpoint.get("health", Answer.class))));
            assertThat(got.get()).isNull();
        }
    }

    @Test
    void aWaitDoesNotTakeKeptAnswersForNews() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(down.getAndSet(true) ? UNAVAILABLE : json("{\"text\":\"done\"}"));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                        .build()) {
            TestClient view = client.view(Resilience.NONE.fallbackCache(new MapCache()));
            Endpoint<Answer> job = Endpoint.get("jobs/1", Answer.class);
            view.perform(job); // an earlier job of this id, which was done and deleted
            AtomicReference<Answer> got = new AtomicReference<>();
            Throwable failure = catchThrowable(() -> got.set(view.perform(job.until(
                    each -> each.text().equals("done"),
                    Polling.every(Duration.ofMillis(10), Duration.ofMillis(500), "the job"),
                    each -> {}))));
            assertThat(got.get()).isNull();
        }
    }

    /** Ten thousand servers come and go. */
    @Test
    void serversThatAreGoneLeaveNothing() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (TestClient client = TestClient.builder()
                .servers(() ->
                        List.of(ServerAddress.of("http://127.0.0.1:" + (2 + turn.get() % 1000) + "/" + turn.get())))
                .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                .build()) {
            TestClient view = client.view(Resilience.NONE.bulkhead(1, 1).circuitBreaker(breaker(() -> {})));
            for (int call = 0; call < 200; call++) {
                turn.incrementAndGet();
                catchThrowable(() -> view.perform(GET));
            }
            java.lang.reflect.Field operations = ClientRuntime.class.getDeclaredField("operations");
            operations.setAccessible(true);
            Object layers = ((io.synapse.sdk.internal.operation.OperationEngine) operations.get(view.runtime)).layers();
            java.lang.reflect.Field guards = layers.getClass().getDeclaredField("guards");
            guards.setAccessible(true);
            assertThat(((Map<?, ?>) guards.get(layers)).size()).isLessThan(50);
        }
    }
}
