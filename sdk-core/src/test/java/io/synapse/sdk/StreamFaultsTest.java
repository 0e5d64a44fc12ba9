package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams with checkpoints and several servers, under stores that fail, servers that vanish and clients that close. */
@Timeout(30)
class StreamFaultsTest {
    private static final EventEndpoint<String> NUMBERS = EventEndpoint.of(
            Endpoint.post("x", ResponseType.text()).json(Map.of("task", "t")), ServerSentEvent::data, "5"::equals);

    @TempDir
    Path folder;

    private static RawServer numbering(boolean end) throws IOException {
        return new RawServer(connection -> {
            connection.request();
            int last = Arrays.stream(connection.head.split("\r\n"))
                    .filter(line -> line.startsWith("Last-Event-ID: s:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(17)))
                    .findFirst()
                    .orElse(0);
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            for (int number = last + 1; number <= (end ? 5 : 2); number++) {
                connection.send("id: s:" + number + "\ndata: " + number + "\n\n");
            }
            if (!end) {
                connection.awaitEnd();
            }
        });
    }

    private static final CheckpointStore BROKEN = new CheckpointStore() {
        @Override
        public Optional<Checkpoint> load(String name) {
            return Optional.empty();
        }

        @Override
        public void save(String name, Checkpoint checkpoint) {
            throw new IllegalStateException("store");
        }

        @Override
        public void remove(String name) {}
    };

    @Test
    void aStoreThatThrowsDoesNotKeepTheConnection() throws Exception {
        try (RawServer server = numbering(false);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            EventStream<String> stream = client.follow(NUMBERS.checkpoints(BROKEN, "job"));
            stream.iterator().next();
            assertThat(catchThrowable(stream::close)).isInstanceOf(IllegalStateException.class);
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aStoreThatThrowsDoesNotKeepTheClientFromClosing() throws Exception {
        RawServer server = numbering(false);
        TestClient client = TestClient.builder().baseUrl(server.url()).build();
        client.follow(NUMBERS.checkpoints(BROKEN, "job")).iterator().next();
        AtomicReference<Throwable> ended = new AtomicReference<>();
        CountDownLatch got = new CountDownLatch(1);
        client.async()
                .follow(NUMBERS.checkpoints(CheckpointStore.inMemory(), "other"))
                .subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(10);
                    }

                    @Override
                    public void onNext(String event) {
                        got.countDown();
                    }

                    @Override
                    public void onError(Throwable failure) {
                        ended.set(failure);
                    }

                    @Override
                    public void onComplete() {}
                });
        got.await();
        assertThat(catchThrowable(client::close)).isInstanceOf(IllegalStateException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("synapse")));
        server.close();
    }

    @Test
    void anInterruptedReaderDoesNotLoseItsCheckpoint() throws Exception {
        CheckpointStore store = CheckpointStore.inFolder(folder);
        try (RawServer server = numbering(false);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            EventStream<String> stream = client.follow(NUMBERS.checkpoints(store, "job"));
            stream.iterator().next();
            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(stream::close);
            Thread.interrupted();
            assertThat(store.load("job")).isPresent();
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aCancelWithAStoreThatThrowsEndsTheReadingThread() throws Exception {
        AtomicReference<Flow.Subscription> subscribed = new AtomicReference<>();
        CountDownLatch got = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(1);
        try (RawServer server = numbering(false);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            CheckpointStore savesTwice = new CheckpointStore() {
                @Override
                public Optional<Checkpoint> load(String name) {
                    return Optional.empty();
                }

                @Override
                public void save(String name, Checkpoint checkpoint) {
                    if (Thread.currentThread().getName().equals("main")
                            || checkpoint.number() > 0 && got.getCount() == 0 && cancelling) {
                        throw new IllegalStateException("store");
                    }
                }

                @Override
                public void remove(String name) {}
            };
            client.async().follow(NUMBERS.checkpoints(savesTwice, "job")).subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.set(subscription);
                    subscription.request(1);
                }

                @Override
                public void onNext(String event) {
                    got.countDown();
                    try {
                        handled.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
            got.await();
            cancelling = true;
            catchThrowable(() -> subscribed.get().cancel());
            cancelling = false;
            handled.countDown();
            await().until(() -> server.openConnections() == 0);
        }
    }

    private static volatile boolean cancelling;

    @Test
    void aClientThatIsClosedDoesNotCountTheEventThatIsStillBeingHandled() throws Exception {
        CheckpointStore store = CheckpointStore.inMemory();
        try (RawServer server = numbering(false);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            Iterator<String> events =
                    client.follow(NUMBERS.checkpoints(store, "job")).iterator();
            events.next(); // this thread handles event 1 now
            Thread closer = new Thread(client::close); // as a shutdown hook does
            closer.start();
            closer.join();
            assertThat(store.load("job")).isEmpty();
        }
    }

    /** The server that has the stream is one of three; the others do not know it. */
    @Test
    void aRestartedProgramContinuesAStreamAtItsOwnServer() throws Exception {
        CheckpointStore store = CheckpointStore.inMemory();
        String notFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        try (RawServer own = numbering(true);
                RawServer other = RawServer.answering(notFound)) {
            try (TestClient first = TestClient.builder()
                            .baseUrls(own.url(), other.url())
                            .build();
                    EventStream<String> stream = first.follow(NUMBERS.checkpoints(store, "job"))) {
                Iterator<String> events = stream.iterator();
                events.next();
            }
            int failures = 0;
            for (int restart = 0; restart < 4; restart++) {
                CheckpointStore copy = CheckpointStore.inMemory();
                copy.save("job", store.load("job").orElseThrow());
                try (TestClient again = TestClient.builder()
                                .baseUrls(own.url(), other.url())
                                .build();
                        EventStream<String> stream = again.follow(NUMBERS.checkpoints(copy, "job"))) {
                    if (restart % 2 == 1) {
                        catchThrowable(() -> again.perform(Endpoint.get("x", ResponseType.text()))); // takes a turn
                    }
                    Throwable failure = catchThrowable(() -> stream.iterator().next());
                    failures += failure == null ? 0 : 1;
                }
            }
            assertThat(failures).isZero();
        }
    }

    /** It has lost its store, or is an older one: it begins again, without numbers. */
    @Test
    void aServerThatBeginsAgainWithoutNumbersIsNotTakenForContinuing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    boolean first = asked.getAndIncrement() == 0;
                    connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
                    for (int number = 1; number <= (first ? 3 : 5); number++) {
                        connection.send((first ? "id: s:" + number + "\n" : "") + "data: " + number + "\n\n");
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> stream = client.follow(NUMBERS.resumable())) {
            List<String> read = new ArrayList<>();
            Throwable failure = catchThrowable(() -> stream.forEach(read::add));
            assertThat(read).doesNotHaveDuplicates();
        }
    }

    /** Streams choose a server without regard to those that failed just now. */
    @Test
    void aStreamFindsTheServerThatIsUp() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        try (RawServer down = new RawServer(connection -> {});
                RawServer up = new RawServer(connection -> {
                    connection.request();
                    if (connection.head.startsWith("GET /busy")) {
                        hold.await();
                        connection.send(RawServer.ok("a"));
                    } else {
                        connection.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nid: s:1\ndata: 1\n\n");
                        connection.awaitEnd();
                    }
                });
                TestClient client = TestClient.builder()
                        .servers(() -> List.of(ServerAddress.of(down.url()), ServerAddress.of(up.url())))
                        .loadBalancing(LoadBalancing.LEAST_CONNECTIONS)
                        .retryPolicy(RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)))
                        .build()) {
            for (int call = 0; call < 8; call++) {
                client.async().perform(Endpoint.get("busy", ResponseType.text()));
            }
            await().until(() -> up.requests.size() == 8);
            EventEndpoint<String> get = EventEndpoint.of(
                            Endpoint.get("events", ResponseType.text()), ServerSentEvent::data, "5"::equals)
                    .resumable();
            int failed = 0;
            for (int stream = 0; stream < 10; stream++) {
                try (EventStream<String> opened = client.follow(get)) {
                    failed += catchThrowable(() -> opened.iterator().next()) == null ? 0 : 1;
                }
            }
            hold.countDown();
            assertThat(failed).isZero();
        }
    }
}
