package io.synapse.sdk.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.TailProtocol;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each call has one span, and the server gets its context with each request, whatever thread sends it. */
@SuppressWarnings("try") // a scope is only opened and closed
class ClientTracingTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final ClientTracing tracing = ClientTracing.of(TELEMETRY.getOpenTelemetry());

    private TestClient.Builder client(StatusServer server) {
        return new TestClient.Builder().baseUrl(server.url()).listener(tracing).interceptor(tracing);
    }

    private static void assertParents(StatusServer server, SpanData span) {
        String parent = "00-" + span.getTraceId() + "-" + span.getSpanId() + "-";
        assertThat(server.parents)
                .isNotEmpty()
                .allSatisfy(sent -> assertThat(sent).startsWith(parent));
    }

    @Test
    void aBlockingCallIsAChildOfItsCallersSpan() throws IOException {
        Span caller = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
        try (StatusServer server = new StatusServer(503);
                TestClient client = client(server).build();
                Scope scope = caller.makeCurrent()) {
            client.perform(Endpoint.get("things/{}", Answer.class, "first"));

            SpanData span = TELEMETRY.getSpans().get(0);
            assertThat(span.getName()).isEqualTo("GET things/{}");
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("retry");
            assertThat(span.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("http.request.method"), "GET")
                    .containsEntry(AttributeKey.longKey("http.response.status_code"), 200L)
                    .containsEntry(AttributeKey.longKey("http.request.resend_count"), 1L)
                    .containsEntry(AttributeKey.stringKey("url.full"), server.url() + "/things/first")
                    .containsEntry(AttributeKey.stringKey("server.address"), "127.0.0.1");
            assertThat(server.parents).hasSize(2);
            assertParents(server, span);
        } finally {
            caller.end();
        }
    }

    @Test
    void aFailureIsAnErrorAndAFallbackAnEventOfTheSameSpan() throws IOException {
        try (StatusServer server = new StatusServer(500);
                TestClient client =
                        client(server).retryPolicy(RetryPolicy.NEVER).build()) {
            client.view(Resilience.NONE.fallback(Answer.class, failure -> new Answer("made up", Map.of())))
                    .perform(Endpoint.get("things", Answer.class));

            assertThat(TELEMETRY.getSpans()).hasSize(1);
            SpanData span = TELEMETRY.getSpans().get(0);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("fallback");
            assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                    .isEqualTo("500");
        }
    }

    /** Its first connection ends after an event, the second one after the last. */
    @Test
    void aStreamOfEventsIsOneSpanWithItsReconnects() throws IOException {
        EventEndpoint<String> events = EventEndpoint.of(
                        Endpoint.post("jobs/{}/events", ResponseType.text(), "j"),
                        ServerSentEvent::data,
                        "last"::equals)
                .resumable();
        Span caller = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
        try (EventServer server = new EventServer("id: s:1\ndata: first\n\n", "id: s:2\ndata: last\n\n");
                TestClient client = new TestClient.Builder()
                        .baseUrl(server.url())
                        .listener(tracing)
                        .interceptor(tracing)
                        .build();
                Scope scope = caller.makeCurrent();
                EventStream<String> stream = client.follow(events)) {
            assertThat(TELEMETRY.getSpans()).isEmpty();
            assertThat(stream.stream()).containsExactly("first", "last");

            assertThat(TELEMETRY.getSpans()).hasSize(1);
            SpanData span = TELEMETRY.getSpans().get(0);
            assertThat(span.getName()).isEqualTo("events POST jobs/{}/events");
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("reconnecting");
            assertThat(span.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("url.template"), "jobs/{}/events")
                    .containsEntry(AttributeKey.longKey("synapse.stream.messages"), 2L)
                    .containsEntry(AttributeKey.longKey("synapse.stream.bytes"), server.length())
                    .containsEntry(AttributeKey.longKey("synapse.stream.reconnects"), 1L);
            assertThat(server.parents)
                    .hasSize(2)
                    .allSatisfy(parent ->
                            assertThat(parent).contains(caller.getSpanContext().getSpanId()));
        } finally {
            caller.end();
        }
    }

    @Test
    void aLogIsOneSpanAndItsFailureAnError() {
        ClientListener.Stream log = new ClientListener.Stream(1, "job-1");
        LogStatistics statistics = new LogStatistics(7, 70, 3, 0, 0, 0, 0, 2, TailProtocol.HTTP);

        tracing.streamStarted(log);
        tracing.streamConnected(log, TailProtocol.WEBSOCKET);
        tracing.streamReconnecting(log, "it broke", Duration.ofMillis(5));
        tracing.streamConnected(log, TailProtocol.HTTP);
        tracing.streamEnded(
                log, statistics, Duration.ofSeconds(1), Optional.of(new IllegalStateException("it is lost")));

        assertThat(TELEMETRY.getSpans()).hasSize(1);
        SpanData span = TELEMETRY.getSpans().get(0);
        assertThat(span.getName()).isEqualTo("log");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("it is lost");
        assertThat(span.getEvents())
                .extracting(EventData::getName)
                .containsExactly("connected", "reconnecting", "connected");
        assertThat(span.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("synapse.job"), "job-1")
                .containsEntry(AttributeKey.longKey("synapse.stream.messages"), 7L)
                .containsEntry(AttributeKey.longKey("synapse.stream.bytes"), 70L)
                .containsEntry(AttributeKey.longKey("synapse.stream.reconnects"), 2L)
                .containsEntry(AttributeKey.stringKey("error.type"), "java.lang.IllegalStateException");
    }

    @Test
    void callsThatOneThreadMakesAfterEachOtherDoNotShareAContext() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        Span caller = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
        try (StatusServer server = new StatusServer(503, 503, 503);
                TestClient client = client(server)
                        .executor(Context.taskWrapping((Executor) one))
                        .build();
                Scope scope = caller.makeCurrent()) {
            CompletableFuture<?>[] calls = new CompletableFuture<?>[4];
            for (int i = 0; i < calls.length; i++) {
                calls[i] = client.async().perform(Endpoint.get("things", Answer.class));
            }
            CompletableFuture.allOf(calls).get();

            List<SpanData> spans = TELEMETRY.getSpans();
            assertThat(spans)
                    .hasSize(4)
                    .allMatch(span -> span.getParentSpanId()
                            .equals(caller.getSpanContext().getSpanId()));
            long retries =
                    spans.stream().mapToLong(span -> span.getEvents().size()).sum();
            assertThat(retries).isEqualTo(3);
            assertThat(server.parents).hasSize(7);
            for (SpanData span : spans) {
                assertThat(server.parents)
                        .filteredOn(parent -> parent.contains(span.getSpanId()))
                        .hasSize(1 + span.getEvents().size());
            }
        } finally {
            caller.end();
            one.shutdownNow();
        }
    }

    @Test
    void afterACallItsThreadHasNoContextOfIt() throws IOException {
        try (StatusServer server = new StatusServer();
                TestClient client = client(server).build();
                TestClient broken = client(server)
                        .interceptor((method, url) -> {
                            throw new IllegalStateException("no header today");
                        })
                        .build()) {
            client.perform(Endpoint.get("things", Answer.class));
            catchThrowable(() -> broken.perform(Endpoint.get("things", Answer.class)));

            assertThat(tracing.headers(HttpMethod.GET, URI.create(server.url())))
                    .isEmpty();
            assertThat(TELEMETRY.getSpans()).hasSize(2);
        }
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheNext() throws IOException {
        ClientListener failing = new ClientListener() {
            @Override
            public void callStarted(Call call) {
                throw new IllegalStateException("broken");
            }
        };
        try (StatusServer server = new StatusServer();
                TestClient client = new TestClient.Builder()
                        .baseUrl(server.url())
                        .listener(ClientListener.all(List.of(failing, tracing)))
                        .build()) {
            client.perform(Endpoint.get("things", Answer.class));

            assertThat(TELEMETRY.getSpans()).hasSize(1);
        }
    }
}
