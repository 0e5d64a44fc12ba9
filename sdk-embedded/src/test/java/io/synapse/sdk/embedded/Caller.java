package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Calls an agent with nothing but the JDK's HTTP client, so that no client of ours hides what the agent does. */
final class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "STOPPED");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;

    Caller(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    static Caller of(EmbeddedAgent agent) {
        return new Caller(agent.baseUrl(), agent.token());
    }

    record Answer(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            return Caller.json(body);
        }

        String detail() {
            return json().path("detail").asText();
        }
    }

    URI uri(String path) {
        return base.resolve("/" + path);
    }

    URI webSocketUri(String path) {
        return URI.create("ws" + uri(path).toString().substring("http".length()));
    }

    String token() {
        return token;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", token).timeout(Duration.ofSeconds(30));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static HttpClient http() {
        return HTTP;
    }

    /** Submits a job that must be accepted, and gives its id. */
    String submit(String entrypoint) {
        return submit(Map.of("entrypoint", entrypoint));
    }

    String submit(Map<String, ?> submission) {
        Answer answer = post("jobs/", text(submission));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("submission_id").asText();
    }

    JsonNode job(String id) {
        return get("jobs/" + id + "/").json();
    }

    String status(String id) {
        return job(id).path("status").asText();
    }

    void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(id), status::equals);
    }

    /** The job once it is over. */
    JsonNode awaitEnd(String id) {
        return awaitEnd(id, Duration.ofSeconds(20));
    }

    /** The job once it is over, which may take so long. */
    JsonNode awaitEnd(String id, Duration patience) {
        return await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> job(id),
                        job -> TERMINAL.contains(job.path("status").asText()));
    }

    /** The job's process, which the agent learns of a moment after its start. */
    long awaitPid(String id) {
        return await().pollInterval(Duration.ofMillis(20))
                .until(() -> job(id).path("driver_info").path("pid"), JsonNode::isTextual)
                .asLong();
    }

    String log(String id) {
        return get("jobs/" + id + "/logs/").body();
    }

    /** Waits until the job has written so. */
    void awaitLog(String id, String text) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log(id).contains(text));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static String text(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
