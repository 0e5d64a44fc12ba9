package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventSocketsTest {
    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final Caller caller = new Caller(server);

    @AfterEach
    void close() {
        server.close();
    }

    /** The recorded exchange with the original. */
    @Test
    void messagesAreAnsweredAsByTheOriginal() throws Exception {
        JsonNode recorded = RecordedExchange.all().stream()
                .filter(exchange -> exchange.path().equals("/api/ws"))
                .findFirst()
                .orElseThrow()
                .line()
                .path("frames");
        TextSocket socket = connect(server.token());
        List<String> types = new ArrayList<>(List.of(next(socket).path("type").asText()));
        for (JsonNode frame : recorded) {
            if (frame.get(0).asText().equals("out")) {
                socket.send(frame.get(1).asText());
                JsonNode answer = next(socket);
                types.add(answer.path("type").asText());
                String type = answer.path("type").asText();
                assertThat(keysOf(recorded, type)).as(type).isSubsetOf(keys(answer));
            }
        }

        assertThat(types)
                .containsExactly("connection", "pong", "subscribed", "unsubscribed", "status", "error", "error");
    }

    @Test
    void aClientGetsTheEventsOfItsChannels() throws Exception {
        TextSocket socket = connect(server.token());
        assertThat(next(socket).path("type").asText()).isEqualTo("connection");
        socket.send("{\"type\":\"subscribe\",\"channel\":\"queue\"}");
        socket.send("{\"type\":\"unsubscribe\",\"channel\":\"all\"}");
        next(socket);
        next(socket);

        caller.ok(caller.post("/api/devices/heartbeat", Map.of("host_id", "a")));
        try (EventReader reader = new EventReader(caller, "/api/events/stream", null)) {
            caller.ok(caller.post("/api/devices/heartbeat", Map.of("host_id", "a")));
            reader.next("device_update"); // it went out to those who want it
        }
        String uid = caller.add("a");

        JsonNode event = next(socket);
        assertThat(event.path("type").asText()).isEqualTo("queue_update");
        assertThat(event.path("data").path("experiment_uid").asText()).isEqualTo(uid);
    }

    @Test
    void aClientThatAsksAndDoesNotReadIsCutOff() {
        URI address = URI.create(server.baseUrl().toString().replace("http:", "ws:") + "/api/ws");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + server.token())
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket opened) {
                        // asks for nothing
                    }
                })
                .join();
        String question = "{\"type\":\"subscribe\",\"channel\":\"" + "x".repeat(60_000) + "\"}";

        assertThatThrownBy(() -> {
                    for (int count = 0; count < 1_600; count++) { // of which 1,000 may wait
                        socket.sendText(question, true).join();
                    }
                })
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anAnswerComesToAClientOfNoChannel() throws Exception {
        TextSocket socket = connect(server.token());
        next(socket);
        socket.send("{\"type\":\"unsubscribe\",\"channel\":\"all\"}");
        assertThat(next(socket).path("type").asText()).isEqualTo("unsubscribed");
        socket.send("{\"type\":\"ping\"}");

        assertThat(next(socket).path("type").asText()).isEqualTo("pong");
    }

    @Test
    void aStrangerCannotConnect() {
        assertThatThrownBy(() -> connect("other")).isInstanceOf(CompletionException.class);
    }

    private static List<String> keysOf(JsonNode recorded, String type) {
        for (JsonNode frame : recorded) {
            String text = frame.get(1).asText();
            if (frame.get(0).asText().equals("in")
                    && text.startsWith("{\"type\":\"" + type + "\"")
                    && text.endsWith("}")) {
                return keys(Json.tree(text));
            }
        }
        throw new AssertionError("no answer of type " + type + " is on record");
    }

    private static List<String> keys(JsonNode document) {
        List<String> keys = new ArrayList<>();
        document.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode next(TextSocket socket) throws InterruptedException {
        String text = socket.next();
        assertThat(text).isNotNull();
        return Json.tree(text);
    }

    private TextSocket connect(String token) {
        return new TextSocket(server, "/api/ws", token);
    }
}
