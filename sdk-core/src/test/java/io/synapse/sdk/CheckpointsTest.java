package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that another reader, or another run of the program, goes on with. */
@Timeout(60)
class CheckpointsTest {
    private static final int EVENTS = 5;
    private static final EventEndpoint<String> NUMBERS = EventEndpoint.of(
            Endpoint.post("x", ResponseType.text()).json(Map.of("task", "t")),
            ServerSentEvent::data,
            String.valueOf(EVENTS)::equals);

    @TempDir
    Path folder;

    /** Answers by the events after the one that the request names. */
    private static RawServer numbering() throws IOException {
        return new RawServer(connection -> {
            connection.request();
            int last = Arrays.stream(connection.head.split("\r\n"))
                    .filter(line -> line.startsWith("Last-Event-ID: s:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(17)))
                    .findFirst()
                    .orElse(0);
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            for (int number = last + 1; number <= EVENTS; number++) {
                connection.send("id: s:" + number + "\ndata: " + number + "\n\n");
            }
        });
    }

    @Test
    void aProgramThatIsKilledGetsTheEventThatItHandledAgainAndAllOthersOnce() throws IOException {
        for (int handled = 1; handled <= EVENTS; handled++) {
            Path own = folder.resolve(String.valueOf(handled)); // closing the client that was "killed" comes too late
            CheckpointStore store = CheckpointStore.inFolder(own);
            try (RawServer server = numbering();
                    TestClient killed =
                            TestClient.builder().baseUrl(server.url()).build();
                    TestClient restarted =
                            TestClient.builder().baseUrl(server.url()).build()) {
                // neither asks for the next nor closes: what a kill leaves
                Iterator<String> events =
                        killed.follow(NUMBERS.checkpoints(store, "job")).iterator();
                for (int event = 1; event <= handled; event++) {
                    assertThat(events.next()).isEqualTo(String.valueOf(event));
                }

                List<String> rest = read(restarted, CheckpointStore.inFolder(own));

                assertThat(rest).isEqualTo(numbers(handled, EVENTS));
                assertThat(store.load("job")).isEmpty();
            }
        }
    }

    @Test
    void aStreamThatIsClosedIsGoneOnWithAfterItsLastEvent() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        try (RawServer server = numbering();
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            try (EventStream<String> stream = client.follow(NUMBERS.checkpoints(store, "job"))) {
                Iterator<String> events = stream.iterator();
                events.next();
                events.next();
                assertThat(events.hasNext()).isTrue(); // looked at, not taken
            }

            assertThat(store.load("job")).map(Checkpoint::number).hasValue(2L);
            assertThat(read(client, store)).isEqualTo(numbers(3, EVENTS));
        }
    }

    @Test
    void aCompleteStreamThatIsAskedAgainLeavesTheCheckpointOfTheNextOneOfItsName() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        try (RawServer server = numbering();
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                EventStream<String> complete = client.follow(NUMBERS.checkpoints(store, "job"))) {
            Iterator<String> events = complete.iterator();
            while (events.hasNext()) {
                events.next();
            }
            Checkpoint next = new Checkpoint("http://h", "s2", 1, "r");
            store.save("job", next);

            assertThat(events.hasNext()).isFalse();
            assertThat(store.load("job")).hasValue(next);
        }
    }

    /** A publisher reads one ahead of what its subscriber asked for. */
    @Test
    void whatAPublisherReadAheadCountsAsReadOnlyWhenItIsDelivered() throws Exception {
        CheckpointStore store = CheckpointStore.inMemory();
        CountDownLatch second = new CountDownLatch(2);
        List<String> delivered = new ArrayList<>();
        try (RawServer server = numbering();
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            EventPublisher<String> publisher = client.async().follow(NUMBERS.checkpoints(store, "job"));
            publisher.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(2);
                }

                @Override
                public void onNext(String event) {
                    delivered.add(event);
                    second.countDown();
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
            second.await();
            publisher.close();
            assertThatThrownBy(() -> publisher.completion().join()).isNotNull();
            List<String> rest = read(client, store);

            assertThat(Stream.concat(delivered.stream(), rest.stream()).distinct())
                    .containsExactlyElementsOf(numbers(1, EVENTS));
        }
    }

    @Test
    void aCheckpointOfAnotherRequestIsRefusedBeforeAnythingIsSent() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        store.save("job", new Checkpoint("http://h", "s", 2, "another"));
        try (RawServer server = numbering();
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThatThrownBy(() -> read(client, store))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("belongs to another request");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aStreamThatTheServerHasNoMoreIsNamedAndNotBegunAnew() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        try (RawServer server = numbering();
                RawServer restarted = RawServer.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                TestClient later = TestClient.builder().baseUrl(restarted.url()).build()) {
            try (EventStream<String> stream = client.follow(NUMBERS.checkpoints(store, "job"))) {
                stream.iterator().next();
            }

            StreamCutException lost = catchThrowableOfType(StreamCutException.class, () -> read(later, store));

            assertThat(lost).hasMessageContaining("cannot be continued").hasMessageContaining("404");
            assertThat(restarted.requests).hasSize(1);
            assertThat(restarted.requests.get(0)).contains("Last-Event-ID: s:1\r\n");
        }
    }

    @Test
    void filesAreTheOwnersAndReplacedAsAWhole() throws IOException {
        Path store = folder.resolve("new/deep");
        CheckpointStore checkpoints = CheckpointStore.inFolder(store);
        String name = "../../a name\n".repeat(50);
        checkpoints.save(name, new Checkpoint("http://h", "s", 1, "r"));
        checkpoints.save(name, new Checkpoint("http://h", "s", 2, "r"));

        assertThat(CheckpointStore.inFolder(store).load(name)).hasValue(new Checkpoint("http://h", "s", 2, "r"));
        assertThat(checkpoints.load("other")).isEmpty();
        try (Stream<Path> files = Files.list(store)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        checkpoints.remove(name);
        checkpoints.remove(name);
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        CheckpointStore checkpoints = CheckpointStore.inFolder(folder);
        checkpoints.save("job", new Checkpoint("http://h", "s", 1, "r"));
        try (Stream<Path> files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"stream\": ");
        }

        assertThatThrownBy(() -> checkpoints.load("job"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"job\" cannot be read");
        assertThatThrownBy(() -> CheckpointStore.inFolder(Path.of("/proc/none")))
                .isInstanceOf(BadRequestException.class);
    }

    private static List<String> read(TestClient client, CheckpointStore store) {
        try (EventStream<String> stream = client.follow(NUMBERS.checkpoints(store, "job"))) {
            return stream.stream().toList();
        }
    }

    private static List<String> numbers(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(String::valueOf)
                .toList();
    }
}
