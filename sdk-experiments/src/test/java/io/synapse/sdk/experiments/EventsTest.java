package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.experiments.EventReader.Event;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventsTest {
    private static final String STREAM = "/api/events/stream";

    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final Caller caller = new Caller(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theStreamUnderApiHasUnnamedFramesAndTheOtherNamedOnes() throws Exception {
        try (EventReader unnamed = new EventReader(caller, STREAM, null);
                EventReader named = new EventReader(caller, "/events/stream", null)) {
            assertThat(unnamed.next().type()).isEqualTo("connection");
            assertThat(named.next().name()).isEqualTo("connection");
            String uid = caller.add("a");

            Event first = unnamed.next("queue_update");
            Event second = named.next("queue_update");

            assertThat(first.name()).isNull();
            assertThat(second.name()).isEqualTo("queue_update");
            assertThat(first.id()).isEqualTo(second.id()).isEqualTo("1");
            assertThat(first.data().path("data").path("experiment_uid").asText())
                    .isEqualTo(uid);
            assertThat(first.data().path("data").has("started_at")).isFalse();
        }
    }

    @Test
    void aClientGoesOnAfterTheIdThatItAsksFor() throws Exception {
        for (int index = 0; index < 5; index++) {
            caller.add("job" + index);
        }

        try (EventReader byHeader = new EventReader(caller, STREAM, "3");
                EventReader byQuery = new EventReader(caller, STREAM + "?after=3", null)) {
            for (EventReader reader : List.of(byHeader, byQuery)) {
                assertThat(reader.next().id()).isEqualTo("3");
                assertThat(reader.next().data().path("data").path("name").asText())
                        .isEqualTo("job3");
                assertThat(reader.next().id()).isEqualTo("5");
            }
        }
        assertThat(caller.get(STREAM + "?after=x").statusCode()).isEqualTo(422);
    }

    @Test
    void aStreamThatIsCutAHundredTimesUnderLoadMissesNothingAndRepeatsNothing() throws Exception {
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> addJobs(400));
        List<Long> ids = new ArrayList<>();
        String last = "0";
        for (int cut = 0; cut < 100; cut++) {
            try (EventReader reader = new EventReader(caller, STREAM, last)) {
                assertThat(reader.next().id()).isEqualTo(last);
                for (int index = 0; index <= cut % 4; index++) {
                    last = reader.next("queue_update").id();
                    ids.add(Long.valueOf(last));
                }
            }
        }
        load.join();
        try (EventReader reader = new EventReader(caller, STREAM, last)) {
            while (ids.get(ids.size() - 1) < 400) {
                ids.add(Long.valueOf(reader.next("queue_update").id()));
            }
        }

        assertThat(ids).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void aClientThatStopsReadingIsClosedAloneAndDelaysNobody() throws Exception {
        String uid = caller.ok(caller.post(
                        "/api/queue/add", Map.of("config", "a: 1", "metadata", Map.of("text", "x".repeat(20_000)))))
                .path("job")
                .path("experiment_uid")
                .asText();
        try (Socket stuck = stuckReader();
                EventReader reader = new EventReader(caller, STREAM, null)) {
            reader.next();
            int changes = 1_700; // 34 MB: more than its queue and all buffers on the way hold
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> changePriority(uid, changes));
            List<Duration> delays = new ArrayList<>();
            for (int change = 0; change < changes; change++) {
                Event event = reader.next("queue_update");
                Duration late = Duration.between(
                        Instant.parse(event.data().path("timestamp").asText()), Instant.now());
                delays.add(late);
            }
            load.join();

            delays.sort(null); // other programs may use the machine too
            assertThat(delays.get(changes * 9 / 10)).isLessThan(Duration.ofMillis(100));
            assertThat(delays.get(changes - 1)).isLessThan(Duration.ofSeconds(5));
            long received = drain(stuck);
            assertThat(received).isLessThan(changes * 20_000L);
        }
    }

    @Test
    void aDeviceIsToldAtMostOnceASecond() throws Exception {
        try (EventReader reader = new EventReader(caller, STREAM, null)) {
            reader.next();
            for (int beat = 0; beat < 20; beat++) {
                caller.ok(caller.post("/api/devices/heartbeat", Map.of("host_id", "a", "cpu_util", beat)));
            }
            Event update = reader.next();
            assertThat(update.type()).isEqualTo("device_update");
            assertThat(update.id()).isNull();
            while (update.data().path("data").path("cpu_util").asInt() != 19) {
                Instant before = Instant.parse(update.data().path("timestamp").asText());
                update = reader.next("device_update");
                assertThat(Instant.parse(update.data().path("timestamp").asText()))
                        .isAfter(before.plusMillis(900));
            }
        }
    }

    @Test
    void theServerStopsAtOnceWhileClientsListen() throws Exception {
        try (EventReader reader = new EventReader(caller, STREAM, null)) {
            reader.next();
            long start = System.nanoTime();

            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        }
    }

    private void addJobs(int count) {
        for (int index = 0; index < count; index++) {
            try {
                caller.add("job" + index);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private void changePriority(String uid, int count) {
        for (int index = 0; index < count; index++) {
            try {
                caller.ok(caller.post("/api/queue/job/" + uid + "/priority?priority=" + index));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A client that asks for a stream and reads nothing of it. */
    private Socket stuckReader() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(
                server.baseUrl().getHost(), server.baseUrl().getPort()));
        socket.getOutputStream()
                .write(("GET " + STREAM + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                + server.baseUrl().getPort() + "\r\nAuthorization: Bearer " + server.token()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads what is left, to the end of the connection. */
    private static long drain(Socket socket) {
        long received = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
                received += count;
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return received;
    }
}
