package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a server: every one once, in order, and an end that is one. */
@Timeout(60)
@SuppressWarnings("try") // closing early is what some of the tests are about
class EventStreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final EventEndpoint<String> EVENTS = EventEndpoint.of(
            Endpoint.post("x", ResponseType.text()).json(Map.of("task", "t")), ServerSentEvent::data, "last"::equals);
    private static final List<String> ALL = List.of("caf\u00e9", "two\nlines", "last");

    /** All events as a server sends them, with ids or without. */
    private static byte[] answer(boolean numbered) {
        StringBuilder answer = new StringBuilder(CHUNKED);
        for (int i = 0; i < ALL.size(); i++) {
            answer.append(chunk(frame(numbered ? i + 1 : 0, ALL.get(i))));
        }
        return answer.append("0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String frame(int number, String data) {
        String id = number == 0 ? "" : "id: s:" + number + "\n";
        return id + "data: " + data.replace("\n", "\ndata: ") + "\n\n";
    }

    private static String chunk(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return Integer.toHexString(length) + "\r\n" + text + "\r\n";
    }

    @Test
    void eventsComeInOrderUpToTheLast() throws IOException {
        byte[] answer = answer(false);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(answer);
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS)) {
            assertThat(server.requests).isEmpty();
            assertThat(stream.stream()).containsExactlyElementsOf(ALL);
            await().until(() -> server.openConnections() == 0);
            assertThat(server.requests).hasSize(1);
            assertThat(server.requests.get(0))
                    .startsWith("POST /x HTTP/1.1")
                    .contains("Accept: text/event-stream\r\n")
                    .doesNotContain("Last-Event-ID");
            assertThatIllegalStateException().isThrownBy(stream::iterator);
        }
    }

    /** Without ids nothing can be continued: what came is delivered, and then it is said. */
    @Test
    void aCutAtAnyByteIsNamed() throws IOException {
        byte[] answer = answer(false);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        AtomicInteger length = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(Arrays.copyOf(answer, length.get()));
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            for (EventEndpoint<String> endpoint : List.of(EVENTS, EVENTS.resumable())) {
                for (int cut = 0; cut <= text.indexOf("data: last") + "data: last\n".length(); cut++) {
                    length.set(cut);
                    int events = text.substring(0, cut).split("\n\n", -1).length - 1;
                    int before = server.requests.size();
                    List<String> read = new ArrayList<>();

                    ClientException failure = catchThrowableOfType(ClientException.class, () -> {
                        try (EventStream<String> stream = client.follow(endpoint)) {
                            stream.forEach(read::add);
                        }
                    });

                    assertThat(read).isEqualTo(ALL.subList(0, events));
                    assertThat(failure.mayHaveBeenExecuted()).isTrue();
                    if (cut >= CHUNKED.length()) {
                        assertThat(failure)
                                .isInstanceOf(StreamCutException.class)
                                .hasMessageContaining("after " + events + " events")
                                .hasMessageNotContaining("\n")
                                .hasCauseInstanceOf(ConnectionException.class);
                        assertThat(((StreamCutException) failure).delivered()).isEqualTo(events);
                    } else {
                        assertThat(failure)
                                .isInstanceOfAny(
                                        ConnectionException.class,
                                        UnexpectedResponseException.class,
                                        StreamCutException.class);
                    }
                    assertThat(server.requests).hasSize(before + 1);
                }
            }
        }
    }

    /** The first connection is cut after each byte, the next one after the first event that it brings. */
    @Test
    void aResumableStreamGoesOnAfterACutAtAnyByte() throws IOException {
        byte[] answer = answer(true);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int first = text.indexOf("\n\n") + 2;
        AtomicInteger length = new AtomicInteger();
        List<byte[]> bodies = new ArrayList<>();
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    bodies.add(connection.body);
                    String from = lastEventId(connection.head);
                    if (from.isEmpty()) {
                        connection.send(Arrays.copyOf(answer, length.get()));
                        return;
                    }
                    int number = Integer.parseInt(from.substring(2)) + 1;
                    connection.send(CHUNKED + chunk(frame(number, ALL.get(number - 1))));
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            for (int cut = first; cut <= answer.length; cut++) {
                length.set(cut);
                server.requests.clear();
                try (EventStream<String> stream = client.follow(EVENTS.resumable())) {
                    assertThat(stream.stream()).as("cut at " + cut).containsExactlyElementsOf(ALL);
                }
                int events = text.substring(0, cut).split("\n\n", -1).length - 1;
                assertThat(server.requests.stream().map(EventStreamTest::lastEventId))
                        .containsExactlyElementsOf(Stream.of("", "s:1", "s:2")
                                .filter(id -> id.isEmpty() || Integer.parseInt(id.substring(2)) >= events)
                                .toList());
            }
        }
        assertThat(bodies).allSatisfy(body -> assertThat(body).asString().isEqualTo("{\"task\":\"t\"}"));
    }

    private static String lastEventId(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("last-event-id: "))
                .map(line -> line.substring("last-event-id: ".length()))
                .findFirst()
                .orElse("");
    }

    /** Notes what it is told, and then fails, which is its own. */
    private static final class Noting implements ClientListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void eventsStarted(Events stream) {
            note("started " + stream.method() + " " + stream.pathTemplate());
        }

        @Override
        public void eventsReconnecting(Events stream, String reason, Duration delay) {
            note("reconnecting");
        }

        @Override
        public void eventsEnded(
                Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
            note("ended " + statistics.events() + " " + statistics.reconnects() + " " + failure.isPresent());
            assertThat(statistics.bytes()).isGreaterThan(statistics.events() * "data:".length());
        }

        private void note(String what) {
            told.add(what);
            throw new IllegalStateException("which is the listener's own failure");
        }
    }

    /** A server that sends two events and then hangs up, again and again. */
    private static RawServer cutting() throws IOException {
        return new RawServer(connection -> {
            connection.request();
            connection.send(
                    lastEventId(connection.head).isEmpty()
                            ? CHUNKED + chunk(frame(1, "a")) + chunk(frame(2, "b"))
                            : CHUNKED);
        });
    }

    @Test
    void theListenerIsToldOfTheEndOnceWhoeverCausesIt() throws IOException {
        Noting closed = new Noting();
        Noting failed = new Noting();
        try (RawServer server = cutting();
                TestClient first = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(closed)
                        .build();
                TestClient second = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(failed)
                        .build()) {
            EventStream<String> unread = first.follow(EVENTS);
            unread.close();
            EventStream<String> stream = first.follow(EVENTS.resumable());
            stream.iterator().next();
            stream.close();
            stream.close();
            EventStream<String> notResumable = second.follow(EVENTS);
            catchThrowable(() -> notResumable.forEach(each -> {}));
            notResumable.close();
        }
        assertThat(closed.told).containsExactly("started POST x", "ended 1 0 false");
        assertThat(failed.told).containsExactly("started POST x", "ended 2 0 true");
    }

    /** The server is asked again and again, and never has more. */
    @Test
    void aCutStreamIsNotContinuedForLongerThanACallMayTake() throws IOException {
        try (RawServer server = cutting();
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.view(Resilience.NONE.deadline(Duration.ofSeconds(1)))
                        .follow(EVENTS.resumable())) {
            long start = System.nanoTime();

            StreamCutException cut = catchThrowableOfType(StreamCutException.class, () -> stream.forEach(each -> {}));

            assertThat(cut.delivered()).isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatAServerRepeatsIsDeliveredOnce() throws IOException {
        Noting listener = new Noting();
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    String body = chunk(frame(1, "a")) + chunk(frame(2, "b"));
                    connection.send(CHUNKED + body);
                    if (!lastEventId(connection.head).isEmpty()) {
                        connection.send(chunk(frame(3, "last")));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(listener)
                        .build();
                EventStream<String> stream = client.follow(EVENTS.resumable())) {
            assertThat(stream.stream()).containsExactly("a", "b", "last");
            assertThat(listener.told).containsExactly("started POST x", "reconnecting", "ended 3 1 false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: s:4\n", "id: t:3\n", "id: t:1\n"})
    void aGapOrAnotherStreamIsACut(String id) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(CHUNKED
                            + (lastEventId(connection.head).isEmpty()
                                    ? chunk(frame(1, "a")) + chunk(frame(2, "b"))
                                    : chunk(id + "data: last\n\n")));
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS.resumable())) {
            List<String> read = new ArrayList<>();

            StreamCutException cut = catchThrowableOfType(StreamCutException.class, () -> stream.forEach(read::add));

            assertThat(read).containsExactly("a", "b");
            assertThat(cut).hasMessageContaining(id.substring(4).strip()).hasMessageContaining("s:2");
        }
    }

    @Test
    void aFirstEventThatIsNotNumberOneIsACut() throws IOException {
        try (RawServer server = RawServer.answering(CHUNKED + chunk(frame(2, "last")));
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS.resumable())) {
            assertThatThrownBy(() -> stream.iterator().hasNext()).isInstanceOf(StreamCutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 410, 500})
    void aServerThatHasTheRestNoMoreSaysSo(int status) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(
                            lastEventId(connection.head).isEmpty()
                                    ? CHUNKED + chunk(frame(1, "a"))
                                    : "HTTP/1.1 " + status + " x\r\nContent-Length: 4\r\n\r\ngone");
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS.resumable())) {
            StreamCutException cut = catchThrowableOfType(StreamCutException.class, () -> stream.forEach(each -> {}));

            assertThat(cut.delivered()).isEqualTo(1);
            assertThat(cut.getCause())
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            cause -> assertThat(cause.statusCode()).isEqualTo(status));
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void aConnectionThatCannotBeMadeIsTriedAgainAndARequestThatWasSentIsNot() throws IOException {
        int port;
        try (RawServer closed = RawServer.answering("")) {
            port = closed.port();
        }
        AtomicInteger answers = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(
                            answers.incrementAndGet() == 1
                                    ? "HTTP/1.1 429 x\r\nContent-Length: 0\r\n\r\n"
                                    : "HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n");
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                TestClient nowhere = TestClient.builder()
                        .baseUrl("http://127.0.0.1:" + port)
                        .retryPolicy(RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)))
                        .build()) {
            ConnectionException unreachable = catchThrowableOfType(
                    ConnectionException.class,
                    () -> nowhere.follow(EVENTS).iterator().hasNext());
            assertThat(unreachable.attempts()).isEqualTo(4);
            assertThat(unreachable.mayHaveBeenExecuted()).isFalse();

            assertThatThrownBy(() -> client.follow(EVENTS).iterator().hasNext()).isInstanceOf(ServerException.class);
            assertThat(server.requests).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "", "text/event-stream\r\nContent-Encoding: gzip"})
    void whatIsNoStreamOfEventsIsRefused(String type) throws IOException {
        String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 2\r\n\r\n{}");
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS)) {
            UnexpectedResponseException failure = catchThrowableOfType(
                    UnexpectedResponseException.class, () -> stream.iterator().hasNext());
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        }
    }

    @Test
    void aSilenceOfTheReadTimeoutIsACutAndACommentEndsIt() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(CHUNKED + chunk(frame(0, "a")));
                    for (int i = 0; i < 4; i++) {
                        done.await(100, TimeUnit.MILLISECONDS);
                        connection.send(chunk(": still there\n\n"));
                    }
                    connection.send(chunk(frame(0, "b")));
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .readTimeout(Duration.ofMillis(300))
                        .build();
                EventStream<String> stream = client.follow(EVENTS)) {
            List<String> read = new ArrayList<>();
            assertThatThrownBy(() -> stream.forEach(read::add))
                    .isInstanceOf(StreamCutException.class)
                    .hasCauseInstanceOf(RequestTimeoutException.class);
            assertThat(read).containsExactly("a", "b");
        }
    }

    @Test
    void whatTheDecoderThrowsEndsTheStream() throws IOException {
        EventEndpoint<String> odd = EventEndpoint.of(
                Endpoint.get("x", ResponseType.text()),
                event -> {
                    throw new IllegalArgumentException("odd");
                },
                each -> false);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(answer(true));
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThatThrownBy(() -> client.follow(odd).iterator().hasNext())
                    .isInstanceOf(IllegalArgumentException.class);
            await().until(() -> server.openConnections() == 0);
        }
    }

    /** How the reading is ended from outside. */
    enum End {
        STREAM,
        CLIENT,
        INTERRUPT
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatWaitsIsEndedAtOnce(End end) throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(CHUNKED + chunk(frame(1, "a")));
                    sent.countDown();
                    connection.awaitEnd();
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(EVENTS.resumable())) {
            CountDownLatch first = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread reader =
                    new Thread(() -> failure.set(catchThrowable(() -> stream.forEach(each -> first.countDown()))));
            reader.start();
            first.await();
            switch (end) {
                case STREAM -> stream.close();
                case CLIENT -> client.close();
                case INTERRUPT -> reader.interrupt();
            }
            reader.join(5_000);
            assertThat(failure.get()).isInstanceOf(CallCancelledException.class);
            await().until(() -> server.openConnections() == 0);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aClosedStreamIsNotRead() throws IOException {
        try (RawServer server = RawServer.answering("");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            EventStream<String> stream = client.follow(EVENTS);
            stream.close();
            assertThatThrownBy(() -> stream.iterator().hasNext()).isInstanceOf(CallCancelledException.class);
            EventStream<String> other = client.follow(EVENTS);
            client.close();
            assertThatThrownBy(() -> other.iterator().hasNext()).isInstanceOf(CallCancelledException.class);
            assertThatIllegalStateException().isThrownBy(() -> client.follow(EVENTS));
            assertThat(server.connections).hasValue(0);
        }
    }

    @Test
    void aPublisherGivesTheSameEvents() throws Exception {
        byte[] answer = answer(false);
        AtomicInteger length = new AtomicInteger(answer.length);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(Arrays.copyOf(answer, length.get()));
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            List<String> read = new ArrayList<>();
            client.async().follow(EVENTS).forEachEvent(read::add).get(5, TimeUnit.SECONDS);
            assertThat(read).isEqualTo(ALL);

            length.set(answer.length - 30);
            assertThatThrownBy(() -> client.async()
                            .follow(EVENTS)
                            .forEachEvent(each -> {})
                            .get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StreamCutException.class);

            EventPublisher<String> closed = client.async().follow(EVENTS);
            closed.close();
            assertThatThrownBy(() -> closed.completion().get()).isInstanceOf(CancellationException.class);
            EventPublisher<String> left = client.async().follow(EVENTS);
            client.close();
            CompletableFuture<?> end = left.completion();
            assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(CallCancelledException.class);
        }
    }
}
