package io.synapse.sdk.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.resilience.CircuitBreakers;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a client does is in the registry, and no more meters than there are operations and servers. */
class ClientMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClientMetrics metrics = ClientMetrics.of(registry, "test");

    private TestClient.Builder client(String url) {
        return new TestClient.Builder().baseUrl(url).listener(metrics);
    }

    @Test
    void countsCallsAttemptsAndRetries() throws IOException {
        try (StatusServer server = new StatusServer(503);
                TestClient client = client(server.url()).build()) {
            client.perform(Endpoint.get("things/{}", Answer.class, "first"));
            client.perform(Endpoint.get("things/{}", Answer.class, "second"));

            var calls = registry.get("synapse.client.calls")
                    .tags("client", "test", "path", "things/{}", "outcome", "SUCCESS", "exception", "none")
                    .timer();
            assertThat(calls.count()).isEqualTo(2);
            assertThat(calls.totalTime(TimeUnit.NANOSECONDS)).isPositive();
            assertThat(registry.get("synapse.client.attempts")
                            .tags("server", server.url(), "outcome", "SERVER_ERROR")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("synapse.client.attempts")
                            .tags("outcome", "SUCCESS")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("synapse.client.retries").counter().count()).isEqualTo(1);
        }
    }

    @Test
    void tellsFailuresWithAndWithoutAResponse() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (StatusServer server = new StatusServer(500);
                TestClient answered = client(server.url()).build();
                TestClient refused = client("http://127.0.0.1:" + closed)
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            Endpoint<Answer> post = Endpoint.post("things", Answer.class);
            assertThat(catchThrowable(() -> answered.perform(post))).isInstanceOf(ServerException.class);
            catchThrowable(() -> refused.perform(post));

            assertThat(registry.get("synapse.client.calls")
                            .tags("outcome", "SERVER_ERROR", "exception", "ServerException")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("synapse.client.calls")
                            .tags("outcome", "UNKNOWN", "exception", "ConnectionException")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void countsFallbacksAndShowsTheStateOfTheCircuitBreaker() throws IOException {
        try (StatusServer server = new StatusServer(500, 500);
                TestClient client =
                        client(server.url()).retryPolicy(RetryPolicy.NEVER).build()) {
            TestClient view = client.view(Resilience.NONE
                    .circuitBreaker(CircuitBreakers.standard().window(2).minimumRequests(2))
                    .fallback(Answer.class, failure -> new Answer("made up", Map.of())));
            metrics.bind(view::servers);
            Endpoint<Answer> question = Endpoint.get("things", Answer.class);
            view.perform(question);
            view.perform(question);

            assertThat(registry.get("synapse.client.fallbacks")
                            .tags("source", "rule")
                            .counter()
                            .count())
                    .isEqualTo(2);
            await().ignoreExceptions().untilAsserted(() -> {
                assertThat(registry.get("synapse.client.servers").gauge().value())
                        .isEqualTo(1);
                assertThat(state("open")).isEqualTo(1);
            });
            assertThat(state("closed")).isZero();
        }
    }

    private double state(String state) {
        return registry.get("synapse.client.server.circuit.breaker")
                .tags("state", state)
                .gauge()
                .value();
    }

    @Test
    void removesTheMetersOfAServerThatIsGone() {
        AtomicReference<List<ServerStatus>> servers =
                new AtomicReference<>(List.of(status("http://a"), status("http://b")));
        metrics.bind(servers::get);
        assertThat(meters("http://b")).isNotEmpty();

        servers.set(List.of(status("http://a")));

        await().untilAsserted(() -> {
            assertThat(registry.get("synapse.client.servers").gauge().value()).isEqualTo(1);
            assertThat(meters("http://b")).isEmpty();
        });
        assertThat(meters("http://a")).isNotEmpty();
    }

    private static ServerStatus status(String url) {
        return new ServerStatus(url, true, Optional.of(CircuitBreaker.State.CLOSED), 0, 0, Duration.ZERO);
    }

    private List<Meter> meters(String server) {
        return registry.getMeters().stream()
                .filter(meter -> server.equals(meter.getId().getTag("server")))
                .toList();
    }

    @Test
    void hasABoundedNumberOfPaths() throws IOException {
        try (StatusServer server = new StatusServer();
                TestClient client = client(server.url()).build()) {
            for (int i = 0; i < 210; i++) {
                client.perform(Endpoint.get("things/" + i, Answer.class)); // an id where a template should be
            }

            assertThat(registry.find("synapse.client.calls").meters()).hasSize(201);
            assertThat(registry.get("synapse.client.calls")
                            .tags("path", "other")
                            .timer()
                            .count())
                    .isEqualTo(10);
        }
    }

    @Test
    void countsWhatStreamsSaveAndResume() {
        CheckpointStore store = metrics.monitor(CheckpointStore.inMemory());
        Checkpoint checkpoint = new Checkpoint("http://h", "stream", 7, "hash");

        assertThat(store.load("job")).isEmpty();
        store.save("job", checkpoint);
        assertThat(store.load("job")).hasValue(checkpoint);
        store.remove("job");
        assertThat(store.load("job")).isEmpty();

        assertThat(checkpoints("resumed")).isEqualTo(1);
        assertThat(checkpoints("saved")).isEqualTo(1);
    }

    private double checkpoints(String action) {
        return registry.get("synapse.client.checkpoints")
                .tags("action", action)
                .counter()
                .count();
    }
}
