package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls a server as any program would. */
final class Caller {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final String token;

    Caller(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    Caller(EmbeddedExperiments server) {
        this(server.baseUrl(), server.token());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Sends a request and does not wait for its answer. */
    CompletableFuture<HttpResponse<String>> later(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(Json.text(body))).build());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()).build());
    }

    /** The document of a call that must succeed. */
    JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.tree(response.body());
    }

    JsonNode job(String uid) throws IOException, InterruptedException {
        return ok(get("/api/queue/experiment/" + uid)).path("job");
    }

    String add(String name) throws IOException, InterruptedException {
        return ok(post("/api/queue/add", Map.of("config", "lr: 0.1\n", "project", "demo", "name", name)))
                .path("job")
                .path("experiment_uid")
                .asText();
    }

    JsonNode next(String host) throws IOException, InterruptedException {
        return ok(get("/api/queue/next_job?host_id=" + host)).path("data").path("job");
    }

    HttpResponse<String> confirm(String uid, int attempt) throws IOException, InterruptedException {
        return post("/api/queue/confirm_started", Map.of("experiment_uid", uid, "pid", 4999999, "attempt", attempt));
    }

    HttpResponse<String> complete(String uid, int attempt, int exitCode) throws IOException, InterruptedException {
        return post(
                "/api/queue/complete_job",
                Map.of("experiment_uid", uid, "success", exitCode == 0, "exit_code", exitCode, "attempt", attempt));
    }
}
