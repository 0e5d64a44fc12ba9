package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recorded exchanges of the queue and the devices, sent to this server in their order. */
@Timeout(60)
class QueueReplayTest {
    private static final Pattern CONCERNED = Pattern.compile("/api/(queue|devices)\\b.*|/api/");
    private static final Pattern LOGS = Pattern.compile(".*/logs?"); // RunReplayTest has them

    /** The status that this server answers on purpose (wire/experiments.md, sections 2 to 5), by what was sent. */
    private static final Map<String, Integer> DIFFERENT = Map.ofEntries(
            Map.entry("POST /api/devices/heartbeat {\"device_name\"", 200), // an alias
            Map.entry("POST /api/queue/add {\"project\":\"demo\",\"config_yaml\"", 200), // the guide's body
            Map.entry("POST /api/queue/add {\"config\":\"\"}", 400), // 500 there
            Map.entry("POST /api/queue/job/20261127_06b1/priority {\"priority\":\"low\"}", 200), // in the body too
            Map.entry("POST /api/queue/job/20261127_06b1/cancel", 409), // it has failed already
            Map.entry("POST /api/queue/job/20261127_bf3f/cancel", 200), // 500 there
            Map.entry("GET /api/queue/config/20261127_a1b2", 200), // also of a stored config
            Map.entry("POST /api/queue/add {\"config\":\"project: demo\\nlr: 1\\n\",\"name\":\"while-sse\"}", 200));

    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final Caller caller = new Caller(server);
    private final Map<String, String> uids = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int compared;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersHaveTheStatusAndTheKeysOfTheOriginal() throws Exception {
        for (String config : List.of("rec_a", "k_20261127_a1b2")) {
            caller.ok(caller.post("/api/configs/create", Map.of("name", config + ".yaml", "content", "lr: 0.1\n")));
        }
        for (RecordedExchange exchange : RecordedExchange.all()) {
            boolean isSent = CONCERNED.matcher(exchange.path()).matches()
                    && !LOGS.matcher(exchange.path()).matches()
                    && exchange.status() != 401;
            if (isSent) {
                replay(exchange);
            }
        }

        assertThat(problems).isEmpty();
        assertThat(compared).isGreaterThan(35);
    }

    private void replay(RecordedExchange exchange) throws Exception {
        String sent = exchange.method() + " " + exchange.path()
                + (exchange.line().has("request") ? " " + exchange.line().get("request") : "");
        if (sent.contains("\"bogus\"")) { // an unknown word is refused here
            assertThat(send(exchange).statusCode()).isEqualTo(422);
            exchange = with(exchange, "\"bogus\"", "\"normal\"");
        }
        boolean isRepeated = sent.contains("\"experiment_uid\":\"20261127_a1b2\"") && !seen.add(sent);
        int expected = isRepeated
                ? 409 // queued a second time there
                : DIFFERENT.entrySet().stream()
                        .filter(entry -> sent.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(exchange.status());
        HttpResponse<String> answer = send(exchange);
        if (answer.statusCode() != expected) {
            problems.add(sent + ": " + answer.statusCode() + " " + answer.body());
        } else if (expected == exchange.status()
                && exchange.line().path("response").isObject()) {
            compared++;
            exchange.keysMissingIn(answer.body()).stream()
                    .filter(key ->
                            !key.endsWith(".input") && !key.contains(".ctx")) // what was sent, and a copy of the text
                    .forEach(key -> problems.add(sent + " lacks " + key + ": " + answer.body()));
            learnUid(exchange, answer);
        } else if (exchange.line().path("response").isTextual()) {
            compared++;
            assertThat(answer.body()).isEqualTo(exchange.line().path("response").textValue());
        }
        undo(sent);
    }

    /** What the original has refused must not change what comes after. */
    private void undo(String sent) throws Exception {
        if (sent.contains("/priority {")) {
            caller.ok(caller.post("/api/queue/job/" + uids.get("20261127_06b1") + "/priority?priority=urgent"));
        }
        if (sent.contains("config_yaml")) {
            String uid = caller.ok(caller.get("/api/queue/list?limit=1"))
                    .path("jobs")
                    .get(0)
                    .path("experiment_uid")
                    .asText();
            caller.ok(caller.post("/api/queue/job/" + uid + "/cancel"));
        }
    }

    private HttpResponse<String> send(RecordedExchange exchange) throws Exception {
        RecordedExchange ours = exchange;
        for (Map.Entry<String, String> uid : uids.entrySet()) {
            ours = with(ours, uid.getKey(), uid.getValue());
        }
        return ours.send(caller);
    }

    private static RecordedExchange with(RecordedExchange exchange, String text, String other) {
        return new RecordedExchange(Json.tree(exchange.line().toString().replace(text, other)));
    }

    private void learnUid(RecordedExchange exchange, HttpResponse<String> answer) {
        JsonNode job = exchange.line().path("response").path("job");
        if (exchange.method().equals("POST") && job.has("experiment_uid")) {
            uids.put(
                    job.path("experiment_uid").asText(),
                    Json.tree(answer.body()).path("job").path("experiment_uid").asText());
        }
    }
}
