package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded exchanges of runs, metrics, artifacts, synchronization and job logs, sent to this server. */
class RunReplayTest {
    private static final Pattern CONCERNED =
            Pattern.compile("/api/(projects|runs|run/demo|metrics|artifacts|sync)\\b.*|/api/queue/\\w+/[^/]+/logs?");

    /** Where this server differs on purpose (wire/experiments.md). */
    private static final Set<String> DIFFERENT = Set.of(
            "one run has nan", // 500 there
            "nan cell",
            "a row has one cell more than the header", // under the key null there
            "guide path", // 404 there
            "after reindex"); // tags are lost there

    /** Runs of other jobs are not among the files of a job here. */
    private static final Set<String> FILES_OF_OTHERS = Set.of("run_a.csv", "run_a.yaml", "run_b.csv", "run_b.yaml");

    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private Caller caller;
    private String withLog;
    private String withoutLog;

    @BeforeEach
    void start() throws Exception {
        Path demo = Files.createDirectories(data.resolve("logs/demo"));
        write(demo, "run_a.yaml", "project: demo\nepochs: 3\nlr: 0.1\nmodel:\n  name: resnet\n");
        write(demo, "run_a.csv", "epoch,train_loss,val_acc\n1,0.9,0.5\n2,0.7,0.6\n3,0.5,0.65\n");
        write(demo, "run_b.yaml", "project: demo\nepochs: 5\nlr: 0.01\n");
        write(demo, "run_b.csv", "epoch,train_loss,val_acc\n1,0.8,0.55\n2,0.6,\n");
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
        withLog = caller.add("with log");
        withoutLog = caller.add("without log");
        caller.ok(caller.post("/api/projects/reindex"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersHaveTheStatusAndTheKeysOfTheOriginal() throws Exception {
        List<String> problems = new ArrayList<>();
        int compared = 0;
        for (JsonNode exchange : exchanges()) {
            String which = exchange.path("case").asText("");
            if (which.startsWith("last line cut")) {
                write(data.resolve("logs/demo"), "half.csv", "step,loss\n1,0.5\n2,0.");
                caller.ok(caller.post("/api/projects/reindex"));
            }
            HttpResponse<String> ours = send(exchange);
            if (!DIFFERENT.contains(which)) {
                compared++;
                compare(exchange, ours, problems);
            }
        }
        assertThat(problems).isEmpty();
        assertThat(compared).isGreaterThan(40);
    }

    private List<JsonNode> exchanges() throws IOException {
        try (var lines = Objects.requireNonNull(getClass().getResourceAsStream("/experiments-requests.jsonl"))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::tree)
                    .filter(exchange -> CONCERNED
                            .matcher(path(exchange).replaceAll("\\?.*", ""))
                            .matches())
                    .filter(exchange -> exchange.path("status").asInt() != 401 && exchange.hasNonNull("method"))
                    .filter(exchange -> !exchange.path("method").asText().equals("WS"))
                    .toList();
        }
    }

    private static String path(JsonNode exchange) {
        return exchange.path("path").asText();
    }

    private HttpResponse<String> send(JsonNode exchange) throws Exception {
        String path = path(exchange).replace("20261127_06b1", withLog).replace("20261127_bf3f", withoutLog);
        HttpRequest.Builder request = caller.request(path);
        exchange.path("requestHeaders")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));
        JsonNode body = exchange.path("request");
        String text = body.isMissingNode() ? "" : body.toString();
        if (body.has("multipart")) {
            request.header("Content-Type", "multipart/form-data; boundary=b");
            var field = body.path("multipart").properties().iterator().next();
            text = "--b\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"; filename=\""
                    + field.getValue().path(0).asText() + "\"\r\n\r\n"
                    + field.getValue().path(1).asText() + "\r\n--b--\r\n";
        }
        return caller.send(request.method(
                        exchange.path("method").asText(),
                        text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text))
                .build());
    }

    private static void compare(JsonNode exchange, HttpResponse<String> ours, List<String> problems) {
        String call = exchange.path("method").asText() + " " + path(exchange);
        if (ours.statusCode() != exchange.path("status").asInt()) {
            problems.add(call + ": " + ours.statusCode() + " " + ours.body());
            return;
        }
        JsonNode expected = exchange.path("response");
        if (expected.isTextual()) {
            if (!ours.body().equals(expected.textValue())) {
                problems.add(call + ": " + ours.body());
            }
        } else {
            compareKeys(call, expected, Json.tree(ours.body()), problems);
        }
    }

    private static void compareKeys(String where, JsonNode expected, JsonNode ours, List<String> problems) {
        if (expected.isObject()) {
            expected.properties().forEach(field -> {
                if (FILES_OF_OTHERS.contains(field.getKey())) {
                    return;
                }
                if (ours.has(field.getKey())) {
                    compareKeys(where + "." + field.getKey(), field.getValue(), ours.get(field.getKey()), problems);
                } else if (!field.getKey().equals("input")) { // what was sent, which the caller knows
                    problems.add(where + " has no " + field.getKey() + ": " + ours);
                }
            });
        } else if (expected.isArray()) {
            if (expected.size() != ours.size()) {
                problems.add(where + " has " + ours.size() + " elements: " + ours);
            }
            for (int at = 0; at < Math.min(expected.size(), ours.size()); at++) {
                compareKeys(where + "[" + at + "]", expected.get(at), ours.get(at), problems);
            }
        } else if (where.contains(".final_metrics.") && expected.asText().isEmpty()) {
            assertThat(ours.isNumber())
                    .as("an empty last cell does not hide the last value")
                    .isTrue();
        } else if (expected.isNumber() != ours.isNumber() && !ours.isNull() && !expected.isNull()) {
            problems.add(where + " is " + ours + " in place of " + expected);
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
