package io.synapse.sdk.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Settings;
import io.synapse.sdk.internal.operation.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream without a last event: across cuts nothing comes twice, and what may be missing is said. */
@Timeout(30)
class EndlessEventsTest {
    private static final EventEndpoint<String> EVENTS = EventEndpoint.endless(
            Endpoint.get("x", ResponseType.text()),
            event -> event.data().equals("ping") ? null : event.data(),
            () -> "gap",
            event -> event.equals("gap") || event.equals("reset"));

    private final MockWebServer server = new MockWebServer();
    private final PausingClock clock = new PausingClock();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCutStreamGoesOnAfterTheLastEventWithAnIdAndRepeatsNone() throws Exception {
        server.enqueue(events("id: 7\ndata: seven\n\ndata: passing\n\n"));
        server.enqueue(events("id: 7\ndata: seven\n\ndata: ping\n\nid: 8\ndata: eight\n\n"));

        assertThat(read(3)).containsExactly("seven", "passing", "eight");
        assertThat(server.takeRequest().getHeaders().get("Last-Event-ID")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Last-Event-ID")).isEqualTo("7");
    }

    @Test
    void whereNoEventHasAnIdTheReaderIsToldThatSomeMayBeMissing() throws IOException {
        server.enqueue(events("data: one\n\n"));
        server.enqueue(events("data: two\n\n"));

        assertThat(read(3)).containsExactly("one", "gap", "two");
    }

    @Test
    void afterAResetNumbersGoOnFromItsId() throws Exception {
        server.enqueue(events("id: 100\ndata: old\n\n"));
        server.enqueue(events("id: 3\ndata: reset\n\nid: 4\ndata: new\n\n"));
        server.enqueue(events("id: 5\ndata: newer\n\n"));

        assertThat(read(4)).containsExactly("old", "reset", "new", "newer");
        server.takeRequest();
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Last-Event-ID")).isEqualTo("4");
    }

    /** Comments show that the server is there; only a minute without a byte ends the stream. */
    @Test
    void aQuietServerIsNotGivenUp() throws IOException {
        server.enqueue(events("id: 1\ndata: one\n\n"));
        for (int minute = 0; minute < 3; minute++) {
            server.enqueue(busy());
            server.enqueue(busy());
            server.enqueue(events(": keep-alive\n\n"));
        }
        server.enqueue(events("id: 2\ndata: two\n\n"));

        assertThat(read(2)).containsExactly("one", "two");
        assertThat(Duration.ofNanos(clock.now)).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void aServerThatIsGoneForAMinuteIsGivenUp() throws IOException {
        server.enqueue(events("id: 1\ndata: one\n\n"));
        try (HttpTransport transport = transport()) {
            EventReader<String> reader = reader(transport);
            assertThat(reader.next()).isEqualTo("one");
            server.close();

            StreamCutException cut = catchThrowableOfType(StreamCutException.class, reader::next);

            assertThat(cut.delivered()).isEqualTo(1);
            assertThat(Duration.ofNanos(clock.now)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        }
    }

    @Test
    void aServerThatHangsUpAgainAndAgainIsNotAskedWithoutAPause() throws IOException {
        for (int i = 0; i < 20; i++) {
            server.enqueue(events("data: hello\n\n"));
        }

        assertThat(read(20)).contains("hello", "gap");
        assertThat(clock.pauses).hasSizeGreaterThan(8).allMatch(pause -> !pause.isZero());
    }

    @Test
    void itHasNoCheckpoints() {
        CheckpointStore none = new CheckpointStore() {
            @Override
            public Optional<Checkpoint> load(String name) {
                return Optional.empty();
            }

            @Override
            public void save(String name, Checkpoint checkpoint) {}

            @Override
            public void remove(String name) {}
        };
        assertThatThrownBy(() -> EVENTS.checkpoints(none, "news")).isInstanceOf(BadRequestException.class);
    }

    private List<String> read(int number) {
        try (HttpTransport transport = transport()) {
            EventReader<String> reader = reader(transport);
            List<String> read = new ArrayList<>();
            while (read.size() < number) {
                read.add(reader.next());
            }
            reader.close();
            return read;
        }
    }

    private EventReader<String> reader(HttpTransport transport) {
        return new EventReader<>(EVENTS, transport, clock, ConcurrentHashMap.newKeySet());
    }

    private HttpTransport transport() {
        return Settings.transport(Settings.of(server.url("/").toString()), () -> {
            throw new AssertionError("nothing is uploaded");
        });
    }

    private static MockResponse busy() {
        return new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "25")
                .build();
    }

    private static MockResponse events(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(body)
                .build();
    }

    private static final class PausingClock implements Clock {
        private final List<Duration> pauses = new ArrayList<>();
        private long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration duration, CountDownLatch cancelled) {
            pauses.add(duration);
            now += duration.toNanos();
        }

        @Override
        public double random() {
            return 1;
        }
    }
}
