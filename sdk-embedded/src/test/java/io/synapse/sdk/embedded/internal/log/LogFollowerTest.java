package io.synapse.sdk.embedded.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.JobStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is followed while it is written. */
@Timeout(30)
class LogFollowerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Path log;
    private final AtomicReference<LogState> state = new AtomicReference<>(new LogState.Growing());
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private LogFollower follower;
    private Thread thread;

    @BeforeEach
    void nameTheLog() {
        log = folder.resolve("log");
    }

    @AfterEach
    void stop() throws InterruptedException {
        follower.stop();
        thread.join();
    }

    @Test
    void textIsSentSoonAfterItIsWrittenWholeLineOrNot() throws IOException {
        follow(0, NEVER);
        write("loading 10%\r");
        awaitText("loading 10%\r");
        long start = System.nanoTime();
        write("loading 20%\r");
        awaitText("loading 10%\rloading 20%\r");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void aCharacterWrittenInTwoHalvesArrivesWhole() throws IOException {
        byte[] bytes = "a😀b".getBytes(StandardCharsets.UTF_8);
        follow(0, NEVER);
        write(bytes, 0, 3);
        awaitText("a");
        write(bytes, 3, bytes.length);
        awaitText("a😀b");

        assertThat(logEvents())
                .extracting(event -> event.path("offset").asInt())
                .containsExactly(1, 6);
    }

    @Test
    void halfACharacterAtTheVeryEndIsGarbage() throws IOException {
        byte[] bytes = "a😀".getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, 3);
        follow(0, NEVER);
        awaitText("a");

        state.set(new LogState.Complete(JobStatus.FAILED));

        end.join();
        assertThat(text()).isEqualTo("a\ufffd");
        assertThat(logEvents())
                .last()
                .extracting(event -> event.path("offset").asInt())
                .isEqualTo(3);
        assertThat(lastEvent().path("type").asText()).isEqualTo("complete");
        assertThat(lastEvent().path("status").asText()).isEqualTo("FAILED");
    }

    @Test
    void aLogThatBreaksOffIsSentAsFarAsItGoesAndThenSaysWhy() throws IOException {
        write("as far as it goes");
        state.set(new LogState.Broken("the \"node\" is dead"));
        follow(0, NEVER);

        end.join();
        assertThat(text()).isEqualTo("as far as it goes");
        assertThat(lastEvent().path("type").asText()).isEqualTo("error");
        assertThat(lastEvent().path("message").asText()).isEqualTo("the \"node\" is dead");
    }

    @Test
    void aLogThatDoesNotExistYetIsWaitedFor() throws IOException {
        follow(0, Duration.ofMillis(20));
        await().until(() -> events.size() >= 3);
        assertThat(events.subList(1, 3)).allMatch("{\"type\":\"heartbeat\"}"::equals);

        write("begun\n");
        state.set(new LogState.Complete(JobStatus.SUCCEEDED));

        end.join();
        assertThat(text()).isEqualTo("begun\n");
    }

    @Test
    void aJobWithoutAnyOutputIsCompleteToo() {
        state.set(new LogState.Complete(JobStatus.STOPPED));
        follow(0, NEVER);

        end.join();
        assertThat(events)
                .containsExactly(
                        "{\"type\":\"connected\",\"log\":\"A\",\"offset\":0}",
                        "{\"type\":\"complete\",\"status\":\"STOPPED\",\"offset\":0}");
    }

    @Test
    void aFileThatIsCutWhileItIsFollowedIsALostLog() throws IOException {
        write("one\ntwo\n");
        follow(0, NEVER);
        awaitText("one\ntwo\n");
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }

        end.join();
        assertThat(lastEvent().path("type").asText()).isEqualTo("error");
        assertThat(lastEvent().path("code").asText()).isEqualTo("log_lost");
    }

    @Test
    void heartbeatsFillSilenceOnly() throws IOException {
        Duration interval = Duration.ofMillis(400);
        follow(0, interval);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            write("line\n");
            awaitText("line\n".repeat(i + 1));
        }
        boolean wasBusy = System.nanoTime() - start < interval.toNanos();
        assertThat(!wasBusy || events.stream().noneMatch(event -> event.contains("heartbeat")))
                .isTrue();

        await().until(() ->
                events.stream().filter(event -> event.contains("heartbeat")).count() >= 2);
    }

    @Test
    void aDeletedJobEndsItsReadersWithAnError() throws IOException {
        write("text\n");
        follow(0, NEVER);
        awaitText("text\n");

        state.set(new LogState.Deleted());

        end.join();
        assertThat(lastEvent().path("type").asText()).isEqualTo("error");
        assertThat(lastEvent().path("message").asText()).contains("deleted");
    }

    @Test
    void aReaderMayBeginAnywhere() throws IOException {
        write("0123456789");
        state.set(new LogState.Complete(JobStatus.SUCCEEDED));
        follow(4, NEVER);

        end.join();
        assertThat(text()).isEqualTo("456789");
        assertThat(logEvents().get(0).path("offset").asInt()).isEqualTo(10);
    }

    @Test
    void linesStayWholeAcrossReadsOfALongLog() throws IOException {
        String line = "a line of some length that divides nothing evenly, number 7\n";
        write(line.repeat(20_000));
        state.set(new LogState.Complete(JobStatus.SUCCEEDED));
        follow(0, NEVER);

        end.join();
        assertThat(text()).isEqualTo(line.repeat(20_000));
        assertThat(logEvents()).allMatch(event -> event.path("message").asText().endsWith("\n"));
    }

    /** A process that its job left behind must not keep the readers for ever. */
    @Test
    void whatIsWrittenAfterTheEndDoesNotPutItOff() throws IOException {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        write("x".repeat(200_000));
        state.set(new LogState.Complete(JobStatus.SUCCEEDED));
        follow(0, NEVER, event -> {
            events.add(event);
            if (events.size() > 1) { // the first says where the log begins
                sending.countDown();
                goOn.await();
            }
        });
        sending.countDown();
        await().until(() -> events.size() > 1);
        write("y".repeat(200_000));
        goOn.countDown();

        end.join();
        assertThat(text()).startsWith("x".repeat(200_000)).hasSizeLessThan(300_000);
    }

    private interface Taking {
        void take(String event) throws InterruptedException;
    }

    private void follow(long offset, Duration heartbeat) {
        follow(offset, heartbeat, events::add);
    }

    private void follow(long offset, Duration heartbeat, Taking reader) {
        follower = new LogFollower(
                new FileLog("A", log, state::get),
                offset,
                OptionalInt.empty(),
                LogFollower.DEFAULT_MAX_EVENT,
                heartbeat,
                event -> {
                    try {
                        reader.take(event);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                });
        thread = new Thread(() -> {
            try {
                follower.run();
                end.complete(null);
            } catch (IOException e) {
                end.completeExceptionally(e);
            }
        });
        thread.start();
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int from, int to) throws IOException {
        Files.write(log, Arrays.copyOfRange(bytes, from, to), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitText(String expected) {
        await().pollInterval(Duration.ofMillis(5)).until(this::text, expected::equals);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        logEvents().forEach(event -> text.append(event.path("message").asText()));
        return text.toString();
    }

    private List<JsonNode> logEvents() {
        return events.stream()
                .map(LogFollowerTest::json)
                .filter(event -> event.path("type").asText().equals("log"))
                .toList();
    }

    private JsonNode lastEvent() {
        return json(events.get(events.size() - 1));
    }

    private static JsonNode json(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(event, e);
        }
    }
}
