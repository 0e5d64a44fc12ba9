package io.synapse.sdk.experiments.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventStreamsTest {
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Map<String, Object>> devices = new ArrayList<>();

    @TempDir
    private Path folder;

    private Database database;
    private Jdbi jdbi;
    private EventLog log;
    private EventStreams streams;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        jdbi = database.jdbi();
        log = new EventLog(jdbi, new RunningTime(jdbi, nanos::get));
        streams = new EventStreams(log, () -> List.copyOf(devices), SILENCE);
    }

    @AfterEach
    void close() {
        streams.close();
        database.close();
        threads.shutdownNow();
    }

    @Test
    void aClientGetsEventsInTheOrderOfTheirIdsAlthoughManyThreadsRecordThem() {
        Client client = new Client(null);

        List<CompletableFuture<Void>> recorders = IntStream.range(0, 4)
                .mapToObj(each -> CompletableFuture.runAsync(() -> record(100), threads))
                .toList();
        recorders.forEach(CompletableFuture::join);

        await().untilAsserted(() -> assertThat(client.ids()).hasSize(401));
        assertThat(client.ids())
                .isEqualTo(LongStream.rangeClosed(0, 400).boxed().toList());
    }

    @Test
    void aStreamThatIsCutAndResumedAHundredTimesUnderLoadHasNoGapAndNoRepetition() {
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> record(2_000), threads);
        List<Long> seen = new ArrayList<>();
        long last = 0;
        for (int cut = 0; cut < 100; cut++) {
            Client client = new Client(last, 1 + cut % 20);
            client.end.join();
            List<Long> ids = client.ids();
            assertThat(ids.get(0)).isEqualTo(last);
            seen.addAll(ids.subList(1, ids.size()));
            last = ids.get(ids.size() - 1);
        }
        load.join();

        Client rest = new Client(last);
        await().untilAsserted(() -> assertThat(rest.ids()).endsWith(2_000L));
        seen.addAll(rest.ids().subList(1, rest.ids().size()));
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 2_000).boxed().toList());
    }

    @Test
    void anEventOfATransactionThatFailsIsNotSentAndLeavesNoGap() {
        Client client = new Client(null);

        assertThatThrownBy(() -> jdbi.useTransaction(transaction -> {
                    log.record(transaction, "queue_update", Map.of("n", -1));
                    throw new IOException("the change fails");
                }))
                .isInstanceOf(IOException.class);
        record(1);

        await().untilAsserted(() -> assertThat(client.ids()).containsExactly(0L, 1L));
        assertThat(client.texts().get(1)).contains("\"data\":{\"n\":0}");
    }

    @Test
    void aClientThatDoesNotReadIsClosedAloneAndTheOthersWaitForNothing() {
        Client reader = new Client(null);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        EventStream stuck = streams.open(null, () -> closed.complete(null));
        threads.execute(() -> write(stuck, new Recorder() {
            @Override
            public void flush() throws IOException {
                closed.join();
                throw new IOException("cut");
            }
        }));

        for (int event = 1; event <= EventStream.CAPACITY; event++) {
            record(1);
            int seen = event + 1;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> reader.ids().size() == seen);
        }
        assertThat(closed).isNotDone(); // the other one has been waiting all the time
        record(200);

        closed.join();
        await().untilAsserted(() -> assertThat(reader.ids()).hasSize(EventStream.CAPACITY + 201));
        assertThat(reader.end).isNotDone();
    }

    @Test
    void aClientIsToldToReadAnewWhenWhatItHasNotSeenIsNoLongerKept() {
        recordAndSend(3);
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        log.prune();
        recordAndSend(1);

        Client late = new Client(1L);

        await().untilAsserted(() -> assertThat(late.texts()).hasSize(2));
        assertThat(late.texts().get(1)).contains("\"type\":\"reset\"");
        assertThat(late.ids()).containsExactly(1L, 4L);
        record(1);
        await().untilAsserted(() -> assertThat(late.ids()).containsExactly(1L, 4L, 5L));
    }

    @Test
    void aClientThatHasSeenIdsOfOtherRecordsIsToldToReadAnew() {
        recordAndSend(1);

        Client stranger = new Client(99L);

        await().untilAsserted(() -> assertThat(stranger.texts()).hasSize(2));
        assertThat(stranger.texts().get(1)).contains("\"type\":\"reset\"");
        assertThat(stranger.ids()).containsExactly(99L, 1L);
    }

    @Test
    void aClientThatHasSeenAllThatIsNoLongerKeptGoesOnWithoutReset() {
        recordAndSend(3);
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        log.prune();

        Client client = new Client(3L);
        record(1);

        await().untilAsserted(() -> assertThat(client.ids()).containsExactly(3L, 4L));
    }

    @Test
    void aClientThatResumesGetsThePresentStateOfEachDevice() {
        devices.add(Map.of("host_id", "a"));

        Client client = new Client(0L);

        await().untilAsserted(() -> assertThat(client.texts()).hasSize(2));
        assertThat(client.texts().get(1)).startsWith("{\"type\":\"device_update\",\"data\":{\"host_id\":\"a\"},");
    }

    @Test
    void anEventThatIsNotKeptHasNoId() {
        Client client = new Client(null);

        log.send("metric_update", Map.of("rows", 1));

        await().untilAsserted(() -> assertThat(client.texts()).hasSize(2));
        assertThat(client.ids()).containsExactly(0L);
    }

    @Test
    void silenceIsBrokenByComments() {
        EventStreams quick = new EventStreams(log, List::of, Duration.ofMillis(20));
        AtomicLong comments = new AtomicLong();
        EventStream stream = quick.open(null, () -> {});
        threads.execute(() -> write(stream, new Recorder() {
            @Override
            public void keepAlive() {
                comments.incrementAndGet();
            }
        }));

        await().untilAsserted(() -> assertThat(comments).hasValueGreaterThan(2));
        quick.close();
    }

    @Test
    void streamsEndWithTheServer() {
        Client client = new Client(null);
        await().untilAsserted(() -> assertThat(client.texts()).hasSize(1));

        streams.close();

        client.end.join();
    }

    private void record(int count) {
        for (int index = 0; index < count; index++) {
            Map<String, Object> data = Map.of("n", index);
            jdbi.useTransaction(transaction -> log.record(transaction, "queue_update", data));
        }
    }

    private void recordAndSend(int count) {
        Client client = new Client(null);
        record(count);
        await().untilAsserted(() -> assertThat(client.ids()).hasSize(count + 1));
    }

    private static void write(EventStream stream, EventStream.Sink sink) {
        try (stream) {
            stream.writeTo(sink);
        } catch (IOException e) {
            assertThat(e).hasMessage("cut");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static class Recorder implements EventStream.Sink {
        private final List<EventFrame> frames = new ArrayList<>();

        @Override
        public synchronized void write(EventFrame frame) throws IOException {
            frames.add(frame);
        }

        @Override
        public void keepAlive() {}

        @Override
        public void flush() throws IOException {}

        synchronized List<EventFrame> frames() {
            return List.copyOf(frames);
        }
    }

    /** Reads what comes after an id; is cut off after so many frames beyond the first. */
    private final class Client {
        final CompletableFuture<Void> end;
        private final Recorder recorder;

        Client(Long after) {
            this(after, Integer.MAX_VALUE);
        }

        Client(Long after, int most) {
            recorder = new Recorder() {
                @Override
                public synchronized void write(EventFrame frame) throws IOException {
                    if (frames().size() > most) {
                        throw new IOException("cut");
                    }
                    super.write(frame);
                }
            };
            EventStream stream = streams.open(after, () -> {});
            end = CompletableFuture.runAsync(() -> EventStreamsTest.write(stream, recorder), threads);
        }

        List<Long> ids() {
            return recorder.frames().stream()
                    .filter(EventFrame::hasId)
                    .map(EventFrame::id)
                    .toList();
        }

        List<String> texts() {
            return recorder.frames().stream()
                    .map(frame -> new String(frame.json(), StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
