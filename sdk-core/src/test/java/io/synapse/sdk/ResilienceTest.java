package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The layers of {@link Resilience} and several servers, over real connections. */
@Timeout(60)
class ResilienceTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final Endpoint<String> POST = Endpoint.post("x", ResponseType.text());
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.initialDelay(Duration.ZERO).maxDelay(Duration.ZERO);
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    /** A model that can be marked. */
    public record Answer(String text, Map<String, Object> additionalProperties) {}

    @Test
    void anotherServerIsAskedWhatOneCannotDo() throws IOException {
        try (RawServer down = new RawServer(connection -> {});
                RawServer up = RawServer.answering(RawServer.ok("up"));
                TestClient client = TestClient.builder()
                        .baseUrls(down.url(), up.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            for (int times = 0; times < 20; times++) {
                assertThat(client.perform(GET)).isEqualTo("up");
            }

            assertThat(up.requests).hasSize(20);
            assertThat(down.requests.size()).isLessThanOrEqualTo(3); // out of use after three failures
            assertThat(client.servers()).extracting(ServerStatus::healthy).containsExactly(false, true);
        }
    }

    @Test
    void aRetryGoesToAServerThatHasNotFailedTheCall() throws IOException {
        try (RawServer down = new RawServer(connection -> {});
                RawServer up = RawServer.answering(RawServer.ok("up"));
                TestClient client = TestClient.builder()
                        .servers(() -> List.of(new ServerAddress(down.url(), 1_000_000), ServerAddress.of(up.url())))
                        .loadBalancing(LoadBalancing.WEIGHTED)
                        .retryPolicy(AT_ONCE.maxAttempts(2))
                        .build()) {
            for (int times = 0; times < 5; times++) {
                assertThat(client.perform(GET)).isEqualTo("up");
            }
        }
    }

    @Test
    void aPostWhoseReplyWasLostIsNotSentToAnotherServer() throws IOException {
        try (RawServer loses = new RawServer(RawServer.Connection::request);
                RawServer up = RawServer.answering(RawServer.ok("up"));
                TestClient client = TestClient.builder()
                        .baseUrls(loses.url(), up.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.perform(POST));

            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(up.requests).isEmpty();
        }
    }

    @Test
    void serversThatComeAndGoAreAsked() throws IOException {
        try (RawServer one = RawServer.answering(RawServer.ok("one"));
                RawServer two = RawServer.answering(RawServer.ok("two"))) {
            List<ServerAddress> present = new ArrayList<>(List.of(ServerAddress.of(one.url())));
            try (TestClient client =
                    TestClient.builder().servers(() -> List.copyOf(present)).build()) {
                assertThat(client.perform(GET)).isEqualTo("one");
                present.set(0, ServerAddress.of(two.url()));
                assertThat(client.perform(GET)).isEqualTo("two");
                present.clear();
                assertThatThrownBy(() -> client.perform(GET)).isInstanceOf(BadRequestException.class);
            }
        }
    }

    @Test
    void anOpenCircuitCostsNoRequest() throws IOException {
        Map<String, TwoFailures> breakers = new ConcurrentHashMap<>();
        try (RawServer server = RawServer.answering(UNAVAILABLE);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            Performer steady = client.view(
                    Resilience.NONE.circuitBreaker(url -> breakers.computeIfAbsent(url, any -> new TwoFailures())));

            // the second failure opens it, so that the third attempt is not made
            CircuitOpenException opened = catchThrowableOfType(CircuitOpenException.class, () -> steady.perform(GET));
            CircuitOpenException open = catchThrowableOfType(CircuitOpenException.class, () -> steady.perform(POST));

            assertThat(server.requests).hasSize(2);
            assertThat(opened.attempts()).isEqualTo(2);
            assertThat(opened).hasCauseInstanceOf(ServerException.class);
            assertThat(open.attempts()).isZero();
            assertThat(open.mayHaveBeenExecuted()).isFalse();
            assertThat(breakers.keySet()).containsExactly(server.url());
            assertThat(breakers.get(server.url()).permissions).hasValue(0);
        }
    }

    @Test
    void aServerWithAnOpenCircuitIsLeftToTheOthers() throws IOException {
        try (RawServer bad = RawServer.answering(UNAVAILABLE);
                RawServer good = RawServer.answering(RawServer.ok("good"));
                TestClient client = TestClient.builder()
                        .baseUrls(bad.url(), good.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            Performer steady = client.view(Resilience.NONE.circuitBreaker(url -> new TwoFailures()));

            for (int times = 0; times < 20; times++) {
                assertThat(steady.perform(GET)).isEqualTo("good");
            }

            assertThat(bad.requests).hasSize(2);
        }
    }

    @Test
    void cancelledCallsGiveTheirPermissionBack() throws Exception {
        TwoFailures breaker = new TwoFailures();
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(silent.url()).build()) {
            AsyncPerformer steady = client.async()
                    .view(Resilience.NONE.circuitBreaker(url -> breaker).bulkhead(1, 1));
            CompletableFuture<String> sent = steady.perform(GET);
            await().until(() -> silent.requests.size() == 1);
            CompletableFuture<String> waits = steady.perform(GET);

            waits.cancel(true);
            sent.cancel(true);

            await().until(() -> breaker.permissions.get() == 0);
            assertThat(breaker.failures).hasValue(0);
        }
    }

    @Test
    void retriesHaveABudget() throws IOException {
        try (RawServer server = RawServer.answering(UNAVAILABLE);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            Performer steady = client.view(Resilience.NONE.retryBudget(RetryBudget.DEFAULT));

            for (int calls = 0; calls < 100; calls++) {
                assertThatThrownBy(() -> steady.perform(GET)).isInstanceOf(ServerException.class);
            }

            // ten that were saved, and a fifth for each call
            assertThat(server.requests.size()).isBetween(100 + 10 + 15, 100 + 10 + 20);
        }
    }

    /** On a busy machine the limit ends attempts at the other server too: what counts is the first and the last one. */
    @Test
    void anAttemptThatTakesTooLongIsMadeAgainElsewhere() throws IOException {
        List<ClientListener.Attempt> attempts = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void attemptFinished(Call call, Attempt attempt) {
                attempts.add(attempt);
            }
        };
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                RawServer up = RawServer.answering(RawServer.ok("up"));
                TestClient client = TestClient.builder()
                        .servers(() -> List.of(new ServerAddress(silent.url(), 1_000_000), ServerAddress.of(up.url())))
                        .loadBalancing(LoadBalancing.WEIGHTED)
                        .retryPolicy(AT_ONCE.maxAttempts(1_000))
                        .listener(listener)
                        .build()) {
            Performer steady =
                    client.view(Resilience.NONE.attemptTimeout(AttemptTimeout.fixed(Duration.ofMillis(500))));

            assertThat(steady.perform(GET)).isEqualTo("up");
        }
        assertThat(attempts).hasSizeGreaterThan(1);
        ClientListener.Attempt first = attempts.get(0);
        assertThat(first.failure()).containsInstanceOf(RequestTimeoutException.class);
        assertThat(((RequestTimeoutException) first.failure().orElseThrow()).kind())
                .isEqualTo(RequestTimeoutException.Kind.ATTEMPT);
        assertThat(attempts.get(1).server()).isNotEqualTo(first.server());
    }

    @Test
    void aPostThatReachesTheLimitOfItsAttemptIsNotSentAgain() throws IOException {
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(silent.url()).build()) {
            Performer steady =
                    client.view(Resilience.NONE.attemptTimeout(AttemptTimeout.fixed(Duration.ofMillis(100))));

            RequestTimeoutException failure =
                    catchThrowableOfType(RequestTimeoutException.class, () -> steady.perform(POST));

            assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.ATTEMPT);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(failure).hasMessageContaining("limit of 0.1 s");
            assertThat(silent.requests).hasSize(1);
        }
    }

    /** First come, first served; blocking and asynchronous calls alike. */
    @Test
    void callsWaitForAPlace() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        answer.await();
                        now.decrementAndGet();
                        connection.send(RawServer.ok(connection.target()));
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TwoFailures breaker = new TwoFailures();
            TestClient.Async steady =
                    client.async().view(Resilience.NONE.bulkhead(2, 4).circuitBreaker(url -> breaker));
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int call = 0; call < 6; call++) {
                calls.add(steady.perform(Endpoint.get("call/" + call, ResponseType.text())));
                int places = call + 1;
                await().until(() -> steady.servers().get(0).inFlight()
                                + steady.servers().get(0).queued()
                        == places);
            }

            RateLimitException refused = catchThrowableOfType(
                    RateLimitException.class, () -> steady.sync().perform(GET));
            assertThat(refused).hasMessageContaining("2 calls are in flight and 4 wait");
            assertThat(refused.attempts()).isZero();
            answer.countDown();
            for (int call = 0; call < 6; call++) {
                assertThat(calls.get(call).get()).isEqualTo("/call/" + call);
            }
            assertThat(server.requests).extracting(head -> head.split(" ")[1]).startsWith("/call/0", "/call/1");
            assertThat(most).hasValue(2);
            assertThat(breaker.permissions).hasValue(0);
            assertThat(steady.servers().get(0).inFlight()).isZero();
        }
    }

    @Test
    void aCallWaitsForAPlaceNoLongerThanItsDeadline() throws Exception {
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(silent.url()).build()) {
            TestClient steady = client.view(Resilience.NONE.bulkhead(1, 1));
            CompletableFuture<String> holds = steady.async().perform(GET);
            await().until(() -> silent.requests.size() == 1);

            RequestTimeoutException failure = catchThrowableOfType(
                    RequestTimeoutException.class, () -> steady.perform(POST.callTimeout(Duration.ofMillis(100))));

            assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.CALL);
            assertThat(failure).hasMessageContaining("waited 0.1 s for one of the 1 calls in flight");
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
            assertThat(steady.servers().get(0).queued()).isZero();
            holds.cancel(true);
        }
    }

    @Test
    void whatTheServiceAnsweredBeforeIsGivenAgainAndMarked() throws IOException {
        AtomicBoolean up = new AtomicBoolean(true);
        Map<String, Object> kept = new ConcurrentHashMap<>();
        FallbackCache cache = new FallbackCache() {
            @Override
            public Object get(String key) {
                return kept.get(key);
            }

            @Override
            public void put(String key, Object answer) {
                kept.put(key, answer);
            }
        };
        List<FallbackMark> told = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void fallbackUsed(Call call, FallbackMark mark) {
                told.add(mark);
            }
        };
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(up.get() ? json("{\"text\": \"fresh\"}") : UNAVAILABLE);
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .listener(listener)
                        .build()) {
            Performer steady = client.view(Resilience.NONE
                    .fallbackCache(cache)
                    .fallback(Answer.class, failure -> new Answer("made up", Map.of())));
            Endpoint<Answer> question = Endpoint.post("ask", Answer.class).idempotent();

            Answer fresh = steady.perform(question.json(Map.of("question", 1)));
            up.set(false);
            Answer again = steady.perform(question.json(Map.of("question", 1)));
            Answer other = steady.perform(question.json(Map.of("question", 2)));

            assertThat(FallbackMark.of(fresh)).isEmpty();
            assertThat(again.text()).isEqualTo("fresh");
            assertThat(FallbackMark.of(again)).hasValueSatisfying(mark -> {
                assertThat(mark.source()).isEqualTo("cache");
                assertThat(mark.failure()).contains("503");
            });
            assertThat(again.additionalProperties()).containsEntry("fallback", "cache");
            assertThat(other.text()).isEqualTo("made up");
            assertThat(FallbackMark.of(other)).map(FallbackMark::source).hasValue("rule");
            assertThat(told).extracting(FallbackMark::source).containsExactly("cache", "rule");

            // what may have changed something has no other answer
            assertThatThrownBy(() ->
                            steady.perform(Endpoint.post("ask", Answer.class).json(Map.of("question", 1))))
                    .isInstanceOf(ServerException.class);
        }
    }

    @Test
    void whatACacheOrARuleThrowsIsNotTheCallsFailure() throws IOException {
        AtomicBoolean up = new AtomicBoolean(true);
        FallbackCache broken = new FallbackCache() {
            @Override
            public Object get(String key) {
                throw new IllegalStateException("the cache is broken");
            }

            @Override
            public void put(String key, Object answer) {
                throw new IllegalStateException("the cache is broken");
            }
        };
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(up.get() ? json("{\"text\": \"fresh\"}") : UNAVAILABLE);
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            Performer steady = client.view(Resilience.NONE.fallbackCache(broken));
            Endpoint<Answer> question = Endpoint.get("ask", Answer.class);

            assertThat(steady.perform(question).text()).isEqualTo("fresh");
            up.set(false);
            ServerException failure = catchThrowableOfType(ServerException.class, () -> steady.perform(question));
            assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aViewOfAViewKeepsTheDeadlineUntilItHasItsOwn() throws IOException {
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(silent.url()).build()) {
            TestClient first = client.view(Resilience.NONE.deadline(Duration.ofMillis(100)));

            assertThatThrownBy(() -> first.view(Resilience.NONE.bulkhead(1, 1)).perform(GET))
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("call timeout of 0.1 s");
            assertThatThrownBy(() -> first.view(Resilience.NONE.deadline(Duration.ofMillis(200)))
                            .perform(GET))
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("call timeout of 0.2 s");
        }
    }

    @Test
    void theCallersOwnErrorsHaveNoFallback() throws IOException {
        for (int status : new int[] {400, 401, 403, 404, 409, 422, 501}) {
            try (RawServer server = RawServer.answering(
                            "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    TestClient client =
                            TestClient.builder().baseUrl(server.url()).build()) {
                Performer steady =
                        client.view(Resilience.NONE.fallback(Answer.class, failure -> new Answer("made up", Map.of())));

                assertThatThrownBy(() -> steady.perform(Endpoint.get("x", Answer.class)))
                        .isInstanceOf(ClientException.class);
            }
        }
    }

    @Test
    void badValuesAreRefused() {
        assertThatThrownBy(() -> Resilience.NONE.bulkhead(0, 1)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> Resilience.NONE.bulkhead(1, -1)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> Resilience.NONE.deadline(Duration.ofSeconds(-1)))
                .isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> Resilience.NONE.fallback(String.class, failure -> "unmarked"))
                .isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> new RetryBudget(Double.NaN, 10)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> new RetryBudget(0.2, 0)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> AttemptTimeout.fixed(Duration.ZERO)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> new ServerAddress("http://h", 0)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> ServerAddress.of("h")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TestClient.builder().baseUrls()).isInstanceOf(BadRequestException.class);
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
