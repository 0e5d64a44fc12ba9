package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is killed with signal 9 has when it comes back. */
@Tag("one-jdk")
class KilledServerTest {
    private static final int KILLS = 4;
    private static final int ROWS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void rowsOfAFileThatGrowsAreEachThereOnce() throws Exception {
        Path data = folder.resolve("data");
        Path file = Files.createDirectories(data.resolve("logs/demo")).resolve("run.csv");
        Files.writeString(file, "step,loss\n");
        int rows = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
                for (int row = 0; row < ROWS; row++) {
                    Files.writeString(file, rows + "," + rows / 8.0 + "\n", StandardOpenOption.APPEND);
                    rows++;
                    if (row % 50 == 0) { // in the middle of its work it is asked for more
                        server.caller().post("/api/projects/reindex/demo");
                    }
                }
                CompletableFuture<?> reading = server.caller()
                        .later(server.caller()
                                .request("/api/projects/reindex/demo")
                                .POST(BodyPublishers.noBody())
                                .build());
                server.kill();
                reading.handle((answer, failure) -> "killed").join();
            }
        }
        try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
            int expected = rows;
            await().atMost(PATIENCE).until(() -> steps(server.caller(), "run").size() >= expected);
            JsonNode steps = steps(server.caller(), "run");
            assertThat(IntStream.range(0, steps.size())
                            .map(at -> steps.path(at).path("step").asInt())
                            .toArray())
                    .isEqualTo(IntStream.range(0, expected).toArray());
        }
    }

    @Test
    void bytesThatWereAcknowledgedAreThereAndNoneTwice() throws Exception {
        Path data = folder.resolve("data");
        byte[] whole = table();
        String uid;
        int attempt;
        try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
            uid = server.caller().add("job");
            attempt = server.caller().next("w1").path("attempt").asInt();
        }
        int acknowledged = 0;
        while (acknowledged < whole.length) {
            try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
                JsonNode status = server.caller().ok(server.caller().get("/api/sync/status/" + uid));
                int size = status.path("data")
                        .path("files")
                        .path("w.csv")
                        .path("size")
                        .asInt();
                assertThat(size).as("what was acknowledged is there").isGreaterThanOrEqualTo(acknowledged);
                for (int part = 0; part < 3 && size < whole.length; part++) {
                    int end = Math.min(size + 3001, whole.length);
                    server.caller().ok(send(server.caller(), uid, attempt, whole, size, end));
                    size = end;
                }
                acknowledged = size;
                CompletableFuture<?> lost = server.caller()
                        .later(request(
                                server.caller(), uid, attempt, whole, size, Math.min(size + 3001, whole.length)));
                server.kill();
                lost.handle((answer, failure) -> "killed").join();
            }
        }
        assertThat(Files.readAllBytes(data.resolve("logs/demo/w.csv"))).isEqualTo(whole);
        try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
            await().atMost(PATIENCE).until(() -> steps(server.caller(), "w").size() >= 5000);
            assertThat(steps(server.caller(), "w")).hasSize(5000);
        }
    }

    private static byte[] table() {
        StringBuilder text = new StringBuilder("step,loss\n");
        IntStream.range(0, 5000)
                .forEach(row -> text.append(row).append(',').append(row / 8.0).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode steps(Caller caller, String run) throws IOException, InterruptedException {
        HttpResponse<String> answer = caller.get("/api/runs/demo/" + run + "/metrics");
        return answer.statusCode() == 404
                ? Json.MAPPER.createArrayNode()
                : caller.ok(answer).path("data").path("data");
    }

    private static HttpResponse<String> send(Caller caller, String uid, int attempt, byte[] whole, int from, int to)
            throws IOException, InterruptedException {
        return caller.send(request(caller, uid, attempt, whole, from, to));
    }

    private static HttpRequest request(Caller caller, String uid, int attempt, byte[] whole, int from, int to) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("--b\r\nContent-Disposition: form-data; name=\"delta\"; filename=\"w.csv\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.write(whole, from, to - from);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return caller.request("/api/sync/run/" + uid + "/w.csv")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .header("X-Offset", Integer.toString(from))
                .header("X-Prefix-Hash", ContentHash.of(Arrays.copyOf(whole, from)))
                .header("X-Attempt", Integer.toString(attempt))
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }
}
