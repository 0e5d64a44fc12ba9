package io.synapse.sdk.it.monitoring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Prometheus in a process of its own. */
final class PrometheusProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String url;

    /**
     * Starts one, and returns when it answers.
     *
     * @param programs the folder of its programs
     * @param folder has {@code prometheus.yml}
     */
    PrometheusProcess(Path programs, Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        Path log = folder.resolve("prometheus.log");
        process = new ProcessBuilder(
                        programs.resolve("prometheus").toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(log));
            }
            return get("/-/ready").statusCode() == 200;
        });
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The result of a query now: a list of series, each with its value. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer = data("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        return answer.path("result");
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(get(path).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.path("data");
    }

    /** The health of each alert's rule: {@code ok} when it was evaluated without an error. */
    Map<String, String> ruleHealth() throws IOException, InterruptedException {
        Map<String, String> health = new TreeMap<>();
        for (JsonNode group : data("/api/v1/rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                health.put(
                        rule.path("name").asText(),
                        rule.path("health").asText() + rule.path("lastError").asText());
            }
        }
        return health;
    }

    /** The names of the alerts that fire. */
    Set<String> firing() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : data("/api/v1/alerts").path("alerts")) {
            if (alert.path("state").asText().equals("firing")) {
                names.add(alert.path("labels").path("alertname").asText());
            }
        }
        return names;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
