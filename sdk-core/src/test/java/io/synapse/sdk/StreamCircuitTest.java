package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connections of streams and the circuit breakers of their servers, over real connections. */
@Timeout(60)
class StreamCircuitTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final EventEndpoint<String> EVENTS = EventEndpoint.of(GET, ServerSentEvent::data, "last"::equals);
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.initialDelay(Duration.ZERO).maxDelay(Duration.ZERO);
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    private static final String OPENED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private static RawServer streaming(String events) throws IOException {
        return new RawServer(connection -> {
            connection.request();
            connection.send(OPENED + events);
            connection.awaitEnd();
        });
    }

    @Test
    void streamsLeaveAServerWhoseCircuitIsOpenToTheOthers() throws IOException {
        Map<String, TwoFailures> breakers = new ConcurrentHashMap<>();
        try (RawServer bad = RawServer.answering(UNAVAILABLE);
                RawServer good = streaming("data: last\n\n");
                TestClient client = TestClient.builder()
                        .baseUrls(bad.url(), good.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            TestClient steady = client.view(
                    Resilience.NONE.circuitBreaker(url -> breakers.computeIfAbsent(url, any -> new TwoFailures())));

            for (int stream = 0; stream < 10; stream++) {
                try (EventStream<String> events = steady.follow(EVENTS)) {
                    assertThat(events).containsExactly("last");
                }
            }

            assertThat(bad.requests).hasSize(2);
            assertThat(good.requests).hasSize(10);
            assertThat(breakers.values())
                    .extracting(each -> each.permissions.get())
                    .containsOnly(0);
        }
    }

    @Test
    void callsAndStreamsCountForTheSameCircuit() throws IOException {
        try (RawServer server = RawServer.answering(UNAVAILABLE);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            TestClient steady = client.view(Resilience.NONE.circuitBreaker(url -> new TwoFailures()));
            assertThat(catchThrowable(() -> steady.perform(GET))).isInstanceOf(ServerException.class);
            assertThat(first(steady, EVENTS)).isInstanceOf(ServerException.class);

            assertThat(catchThrowable(() -> steady.perform(GET))).isInstanceOf(CircuitOpenException.class);
            assertThat(first(steady, EVENTS)).isInstanceOfSatisfying(CircuitOpenException.class, open -> {
                assertThat(open).hasMessageStartingWith("GET " + server.url() + "/x was not sent");
                assertThat(open.attempts()).isZero();
                assertThat(open.mayHaveBeenExecuted()).isFalse();
            });
            assertThat(server.requests).hasSize(2);
            assertThat(first(client, EVENTS)).isInstanceOf(ServerException.class); // has no circuit breaker
        }
    }

    @Test
    void aCircuitThatOpensBetweenTheAttemptsDoesNotHideThatTheRequestMayHaveBeenExecuted() throws IOException {
        try (RawServer loses = new RawServer(RawServer.Connection::request);
                TestClient client = TestClient.builder()
                        .baseUrl(loses.url())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            TestClient steady = client.view(Resilience.NONE.circuitBreaker(url -> new TwoFailures()));

            assertThat(first(steady, EVENTS)).isInstanceOfSatisfying(CircuitOpenException.class, open -> {
                assertThat(open.attempts()).isEqualTo(2);
                assertThat(open.mayHaveBeenExecuted()).isTrue();
            });
        }
    }

    /** The others do not have the stream: one that is cut waits for its own server as long as the server keeps it. */
    @Test
    void aStreamThatIsCutGoesOnAtItsServerOnceTheCircuitIsClosed() throws IOException {
        AtomicInteger refusals = new AtomicInteger();
        AtomicBoolean cut = new AtomicBoolean();
        CircuitBreaker.Factory opensForThree = url -> new CircuitBreaker() {
            private final TwoFailures closed = new TwoFailures();

            @Override
            public Optional<Permission> tryAcquire() {
                return cut.get() && refusals.get() < 3 && refusals.incrementAndGet() <= 3
                        ? Optional.empty()
                        : closed.tryAcquire();
            }

            @Override
            public State state() {
                return closed.state();
            }
        };
        try (RawServer own = new RawServer(connection -> {
                    connection.request();
                    boolean again = connection.head.contains("Last-Event-ID: s:1\r\n");
                    connection.send(OPENED + (again ? "id: s:2\ndata: last\n\n" : "id: s:1\ndata: first\n\n"));
                    cut.set(true);
                });
                RawServer other = streaming("id: t:1\ndata: other\n\n");
                TestClient client =
                        TestClient.builder().baseUrls(own.url(), other.url()).build()) {
            TestClient steady = client.view(Resilience.NONE.circuitBreaker(opensForThree));
            try (EventStream<String> events = steady.follow(EVENTS.resumable())) {
                assertThat(events).containsExactly("first", "last");
            }

            assertThat(refusals).hasValue(3);
            assertThat(own.requests).hasSize(2);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void aStreamThatIsClosedBeforeItsHeadGivesItsPermissionBackAndCountsForNothing() throws Exception {
        TwoFailures breaker = new TwoFailures();
        try (RawServer silent = new RawServer(connection -> {
                    connection.request();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(silent.url()).build()) {
            TestClient steady = client.view(Resilience.NONE.circuitBreaker(url -> breaker));
            EventStream<String> events = steady.follow(EVENTS);
            Thread closer = new Thread(() -> {
                await().until(() -> silent.requests.size() == 1);
                events.close();
            });
            closer.start();

            assertThat(catchThrowable(() -> events.iterator().next())).isInstanceOf(CallCancelledException.class);
            closer.join();
            assertThat(breaker.permissions).hasValue(0);
            assertThat(breaker.failures).hasValue(0);
            assertThat(steady.servers().get(0).inFlight()).isZero();
        }
    }

    @Test
    void aStreamNeedsNoPlaceOfACall() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        if (connection.head.contains("text/event-stream")) {
                            connection.send(OPENED + "data: first\n\n");
                        } else {
                            answer.await();
                            connection.send(RawServer.ok("answer"));
                        }
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient steady = client.view(Resilience.NONE.bulkhead(1, 0));
            CompletableFuture<String> call = steady.async().perform(GET);
            await().until(() -> server.requests.size() == 1);
            try (EventStream<String> events = steady.follow(EVENTS)) {
                assertThat(events.iterator().next()).isEqualTo("first");

                answer.countDown();
                assertThat(call.get()).isEqualTo("answer");
                assertThat(steady.perform(GET)).isEqualTo("answer");
            }
        }
    }

    @Test
    void aBreakerThatThrowsFailsTheStreamAndSaysSo() throws IOException {
        try (RawServer server = streaming("data: last\n\n");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            TestClient steady = client.view(Resilience.NONE.circuitBreaker(url -> {
                throw new IllegalStateException("broken");
            }));

            ClientException failure = catchThrowableOfType(
                    ClientException.class,
                    () -> steady.follow(EVENTS).iterator().next());
            assertThat(failure)
                    .hasMessageContaining("the request could not be made")
                    .hasRootCauseInstanceOf(IllegalStateException.class);
            assertThat(server.requests).isEmpty();
        }
    }

    private static Throwable first(TestClient client, EventEndpoint<String> endpoint) {
        try (EventStream<String> events = client.follow(endpoint)) {
            return catchThrowable(() -> events.iterator().next());
        }
    }
}
