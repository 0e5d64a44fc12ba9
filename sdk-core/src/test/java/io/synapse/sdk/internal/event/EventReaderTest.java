package io.synapse.sdk.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Settings;
import io.synapse.sdk.internal.operation.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a reader tries, with time that passes only while it waits. */
@Timeout(30)
@SuppressWarnings("try") // a server that is gone
class EventReaderTest {
    private static final EventEndpoint<String> EVENTS = EventEndpoint.of(
                    Endpoint.post("x", ResponseType.text()), ServerSentEvent::data, "last"::equals)
            .resumable();

    private final PausingClock clock = new PausingClock();
    private final Set<EventReader<?>> underWay = ConcurrentHashMap.newKeySet();

    @Test
    void aServerThatDoesNotComeBackIsGivenUpAfterAMinute() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(events("id: s:1\ndata: first\n\n"));
            server.start();
            try (HttpTransport transport = transport(server)) {
                EventReader<String> reader = new EventReader<>(EVENTS, transport, clock, underWay);
                assertThat(reader.next()).isEqualTo("first");
                server.close();

                StreamCutException cut = catchThrowableOfType(StreamCutException.class, reader::next);

                assertThat(cut.delivered()).isEqualTo(1);
                assertThat(cut).hasCauseInstanceOf(ConnectionException.class).hasMessageContaining("after 1 events");
                assertThat(cut.mayHaveBeenExecuted()).isTrue();
                assertThat(Duration.ofNanos(clock.now)).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
                assertThat(catchThrowableOfType(StreamCutException.class, reader::next))
                        .isSameAs(cut);
                assertThat(underWay).isEmpty();
            }
        }
    }

    @Test
    void eachNewEventAllowsAnotherMinute() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            for (int number = 1; number <= 5; number++) {
                server.enqueue(events("id: s:" + number + "\ndata: " + number + "\n\n"));
                server.enqueue(new MockResponse.Builder()
                        .code(503)
                        .setHeader("Retry-After", "30")
                        .build());
            }
            server.enqueue(events("id: s:6\ndata: last\n\n"));
            try (HttpTransport transport = transport(server)) {
                EventReader<String> reader = new EventReader<>(EVENTS, transport, clock, underWay);
                List<String> read = new ArrayList<>();
                for (String next = reader.next(); next != null; next = reader.next()) {
                    read.add(next);
                }
                assertThat(read).containsExactly("1", "2", "3", "4", "5", "last");
                assertThat(Duration.ofNanos(clock.now)).isEqualTo(Duration.ofSeconds(150));
            }
        }
    }

    /** A connection that brings nothing is no reason to connect without a pause. */
    @Test
    void aServerThatEndsEveryStreamAtOnceIsGivenUpToo() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(events("id: s:1\ndata: first\n\n"));
            for (int i = 0; i < 40; i++) {
                server.enqueue(events(": nothing\n\n"));
            }
            try (HttpTransport transport = transport(server)) {
                EventReader<String> reader = new EventReader<>(EVENTS, transport, clock, underWay);
                reader.next();
                assertThat(catchThrowableOfType(StreamCutException.class, reader::next))
                        .isNotNull();
                assertThat(server.getRequestCount()).isBetween(10, 30);
            }
        }
    }

    private static MockResponse events(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(body)
                .build();
    }

    private static HttpTransport transport(MockWebServer server) {
        return Settings.transport(Settings.of(server.url("/").toString()), () -> {
            throw new AssertionError("nothing is uploaded");
        });
    }

    private static final class PausingClock implements Clock {
        private long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration duration, CountDownLatch cancelled) {
            now += duration.toNanos();
        }

        @Override
        public double random() {
            return 1;
        }
    }
}
