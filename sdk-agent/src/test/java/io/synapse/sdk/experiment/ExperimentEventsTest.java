package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.EventStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of both kinds of servers: none twice, and a gap is said to be one. */
@Timeout(60)
@SuppressWarnings("try") // closing is what ends the streams
class ExperimentEventsTest {
    private static final String STREAM = "GET /api/events/stream";

    private static MockResponse frames(String... frames) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream; charset=utf-8")
                .chunkedBody(
                        List.of(frames).stream().map(frame -> frame + "\n\n").collect(Collectors.joining()), 37)
                .build();
    }

    private static String frame(String id, String type, String data) {
        return (id.isEmpty() ? "" : "id: " + id + "\n") + "data: {\"type\":\"" + type + "\",\"data\":" + data
                + ",\"timestamp\":\"2026-11-27T20:25:17Z\"}";
    }

    private static List<ExperimentEvent> read(EventStream<ExperimentEvent> stream, int number) {
        return stream.stream().limit(number).toList();
    }

    @Test
    void theFramesOfTheOriginalAreReadAndItsSignOfLifeIsNoEvent() throws IOException {
        List<String> recorded = ExperimentRecording.all().stream()
                .filter(each -> each.method().equals("SSE"))
                .findFirst()
                .orElseThrow()
                .frames();
        String[] whole = recorded.stream().filter(frame -> !frame.endsWith("…")).toArray(String[]::new);
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents()) {
            server.on(STREAM, frames(whole));

            List<ExperimentEvent> events = read(stream, whole.length);

            assertThat(whole[whole.length - 1]).contains("'heartbeat'");
            assertThat(events.get(whole.length - 1)).isInstanceOf(ExperimentEvent.Reset.class);
            assertThat(events)
                    .noneMatch(event -> event instanceof ExperimentEvent.Other)
                    .allSatisfy(event -> assertThat(event.additionalProperties().keySet())
                            .isSubsetOf("file_type", "run_info", "sync_status"));
            assertThat(events.get(0)).isInstanceOfSatisfying(ExperimentEvent.Connected.class, connected -> {
                assertThat(connected.message()).isEqualTo("Connected to CVLab-Kit Web Helper");
                assertThat(connected.timestamp()).isEqualTo(Instant.parse("2026-11-27T20:25:11.516645Z"));
            });
            assertThat(of(events, ExperimentEvent.QueueUpdated.class).get(0)).satisfies(update -> {
                assertThat(update.experimentUid()).isEqualTo("20261127_62b1");
                assertThat(update.eventType()).isEqualTo("file_created");
                assertThat(update.action()).isEqualTo("reindexed");
                assertThat(update.job()).isNull();
            });
            assertThat(of(events, ExperimentEvent.RunUpdated.class))
                    .extracting(ExperimentEvent.RunUpdated::eventType)
                    .contains("created", "experiment_sync");
            assertThat(of(events, ExperimentEvent.RunUpdated.class).get(0).runName())
                    .isEqualTo("live");
            assertThat(of(events, ExperimentEvent.DeviceUpdated.class).get(0).device())
                    .satisfies(device -> {
                        assertThat(device.hostId()).isEqualTo("gpu-b");
                        assertThat(device.status()).isEqualTo(DeviceStatus.HEALTHY);
                    });
            assertThat(of(events, ExperimentEvent.Indexed.class).get(0).stats()).containsEntry("runs", 4);
        }
    }

    private static <T> List<T> of(List<ExperimentEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void theJobOfAnEventHasTheTimesOfTheServersZone() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents()) {
            server.on(
                    STREAM,
                    frames(frame(
                            "",
                            "queue_update",
                            "{\"experiment_uid\":\"a\",\"name\":\"n\",\"status\":\"queued\","
                                    + "\"created_at\":\"2026-11-27T20:25:17.001474\"}")));

            ExperimentEvent.QueueUpdated update =
                    (ExperimentEvent.QueueUpdated) read(stream, 1).get(0);

            assertThat(update.job().createdAt()).isEqualTo(Instant.parse("2026-11-27T11:25:17.001474Z"));
            assertThat(update.experimentUid()).isEqualTo("a");
        }
    }

    @Test
    void aCutStreamOfAServerOfThisProjectGoesOnAfterItsLastIdWithoutARepetition() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents()) {
            String removed = "{\"host_id\":\"w%s\"}";
            server.on(STREAM, frames("id: 41\ndata: {\"type\":\"connection\",\"message\":\"hello\"}"));
            server.on(
                    STREAM,
                    frames(
                            "id: 41\ndata: {\"type\":\"connection\",\"message\":\"again\"}",
                            frame("42", "device_removed", removed.formatted(1)),
                            ": keep-alive",
                            frame("", "device_update", "{\"host_id\":\"w9\"}"),
                            frame("43", "device_removed", removed.formatted(2))));
            server.on(
                    STREAM,
                    frames(
                            frame("43", "device_removed", removed.formatted(2)),
                            frame("44", "device_removed", removed.formatted(3)),
                            frame("9", "reset", "{}"),
                            frame("10", "device_removed", removed.formatted(4))));

            List<ExperimentEvent> events = read(stream, 7);

            assertThat(events).extracting(ExperimentEvent::id).containsExactly("41", "42", null, "43", "44", "9", "10");
            assertThat(of(events, ExperimentEvent.DeviceRemoved.class))
                    .extracting(ExperimentEvent.DeviceRemoved::hostId)
                    .containsExactly("w1", "w2", "w3", "w4");
            assertThat(server.requests)
                    .extracting(asked -> asked.whole().getHeaders().get("Last-Event-ID"))
                    .startsWith(null, "41", "43");
        }
    }

    @Test
    void aStreamCanBeginAfterAnEventThatIsKnown() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents("17")) {
            server.on(STREAM, frames(frame("18", "device_removed", "{\"host_id\":\"w\"}")));
            server.on(STREAM, frames(frame("19", "device_removed", "{\"host_id\":\"w\"}")));

            assertThat(read(stream, 2)).extracting(ExperimentEvent::id).containsExactly("18", "19");
            assertThat(server.requests)
                    .extracting(asked -> asked.whole().getHeaders().get("Last-Event-ID"))
                    .containsExactly("17", "18");
        }
    }

    @Test
    void eventsOfAServerOfThisProjectHaveTheirOwnTypes() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents()) {
            server.on(
                    STREAM,
                    frames(
                            frame(
                                    "",
                                    "metric_update",
                                    "{\"project\":\"p\",\"run_name\":\"r\",\"from_row\":3,\"rows\":[{\"loss\":\"NaN\",\"step\":3}]}"),
                            frame(
                                    "",
                                    "log_update",
                                    "{\"experiment_uid\":\"a\",\"stream\":\"stdout\",\"offset\":5,\"text\":\"x\\n\"}"),
                            frame("1", "notification", "{\"id\":\"n-1\",\"type\":\"worker_lost\"}"),
                            frame("2", "component_update", "{\"path\":\"loss/a.py\",\"action\":\"activated\"}"),
                            frame("3", "queue_update", "{\"action\":\"removed\",\"experiment_uid\":\"a\"}"),
                            frame("4", "of_tomorrow", "{\"a\":1}"),
                            "data: [not an object]"));

            List<ExperimentEvent> events = read(stream, 7);

            assertThat(events.get(0)).isInstanceOfSatisfying(ExperimentEvent.MetricsLogged.class, logged -> {
                assertThat(logged.fromRow()).isEqualTo(3);
                assertThat(logged.rows()).containsExactly(Map.of("loss", Double.NaN, "step", 3.0));
            });
            assertThat(events.get(1)).isInstanceOfSatisfying(ExperimentEvent.LogWritten.class, written -> {
                assertThat(written.offset()).isEqualTo(5);
                assertThat(written.text()).isEqualTo("x\n");
            });
            assertThat(((ExperimentEvent.Notified) events.get(2)).notification().type())
                    .isEqualTo(NotificationType.WORKER_LOST);
            assertThat(((ExperimentEvent.ComponentUpdated) events.get(3)).path())
                    .isEqualTo("loss/a.py");
            assertThat(((ExperimentEvent.QueueUpdated) events.get(4)).action()).isEqualTo("removed");
            assertThat(events.get(5)).isInstanceOfSatisfying(ExperimentEvent.Other.class, other -> {
                assertThat(other.type()).isEqualTo("of_tomorrow");
                assertThat(other.additionalProperties()).containsEntry("data", Map.of("a", 1));
            });
            assertThat(events.get(6).additionalProperties()).containsEntry("data", "[not an object]");
        }
    }

    @Test
    void eventsArePublishedToo() throws IOException {
        List<ExperimentEvent> events = new CopyOnWriteArrayList<>();
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client();
                EventPublisher<ExperimentEvent> publisher = client.async().followEvents()) {
            server.on(STREAM, frames(frame("", "device_removed", "{\"host_id\":\"w1\"}")));
            publisher.forEachEvent(events::add);

            await().until(() -> events.size() >= 3);

            assertThat(new ArrayList<>(events).subList(0, 3))
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("DeviceRemoved", "Reset", "DeviceRemoved");
        }
    }

    @Test
    void aStreamThatIsRefusedFails() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                EventStream<ExperimentEvent> stream = client.followEvents()) {
            server.on(STREAM, json(401, "{\"detail\":\"Invalid API key\"}"));

            assertThatThrownBy(() -> read(stream, 1)).isInstanceOf(AuthenticationException.class);
        }
    }
}
