package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(data.resolve("logs/demo"));
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void filesThatComeAndGrowAreSeenWithoutBeingAskedFor() throws Exception {
        write("run.csv", "step,loss\n1,0.5\n");
        await().atMost(PATIENCE).until(() -> rows("demo", "run") == 1);
        Files.writeString(data.resolve("logs/demo/run.csv"), "2,0.25\n3,0.", StandardOpenOption.APPEND);
        await().atMost(PATIENCE).until(() -> rows("demo", "run") == 2);
        Files.createDirectories(data.resolve("logs/later"));
        Files.writeString(data.resolve("logs/later/first.csv"), "step,loss\n1,0.5\n");
        await().atMost(PATIENCE).until(() -> rows("later", "first") == 1);
        Files.delete(data.resolve("logs/later/first.csv"));
        await().atMost(PATIENCE).until(() -> rows("later", "first") == -1);
    }

    @Test
    void theLogOfAJobIsReadFromAnOffsetAndByRange() throws Exception {
        Path folder = Files.createDirectories(data.resolve("queue_logs/j1"));
        Files.writeString(folder.resolve("terminal_log.log"), "0123456789");
        Files.writeString(folder.resolve("terminal_err.log"), "oh");

        assertThat(caller.get("/api/queue/job/j1/log?offset=4&limit=3").body()).isEqualTo("456");
        assertThat(caller.get("/api/queue/job/j1/log?offset=10").body()).isEmpty();
        assertThat(caller.get("/api/queue/job/j1/log?offset=11").statusCode()).isEqualTo(416);
        assertThat(caller.get("/api/queue/job/j1/log?offset=x").statusCode()).isEqualTo(422);
        assertThat(caller.get("/api/queue/job/j1/log?stream=stderr").body()).isEqualTo("oh");
        assertThat(caller.get("/api/queue/job/j1/log").body()).isEqualTo("0123456789");
        HttpResponse<String> part = range("bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(range("bytes=8-").body()).isEqualTo("89");
        assertThat(range("bytes=10-").statusCode()).isEqualTo(416);
    }

    @Test
    void aFormThatBreaksOffIsAFaultOfTheCaller() throws Exception {
        String form = "--part\r\nContent-Disposition: form-data; name=\"delta\"; filename=\"x\"\r\n\r\nsome";
        HttpResponse<String> answer = caller.send(caller.request("/api/sync/run/u/u.csv")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.ofString(form))
                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the form cannot be read");
    }

    @Test
    void aPartOfAFileIsDownloadedByRange() throws Exception {
        write("run.pt", "0123456789");
        String path = "/api/artifacts/download/demo/run.pt";
        HttpResponse<String> part =
                caller.send(caller.request(path).header("Range", "bytes=2-4").build());
        HttpResponse<String> beyond =
                caller.send(caller.request(path).header("Range", "bytes=10-").build());

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */10");
        assertThat(caller.send(caller.request(path)
                                .header("Range", "bytes=2-4")
                                .header("If-Range", "\"another\"")
                                .build())
                        .body())
                .isEqualTo("0123456789");
    }

    @Test
    void aFileThatIsReplacedMeanwhileIsSentAsOneOrTheOther() throws Exception {
        List<String> contents = List.of("a".repeat(1_000), "b".repeat(3_000));
        write("run.pt", contents.get(0));
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> {
            for (int round = 0; !isOver.get(); round++) {
                replace("run.pt", contents.get(round % 2));
            }
        });
        try {
            for (int download = 0; download < 1_000; download++) {
                assertThat(caller.get("/api/artifacts/download/demo/run.pt").body())
                        .isIn(contents);
            }
        } finally {
            isOver.set(true);
        }
        replacing.get();
    }

    private void replace(String name, String text) {
        try {
            write("beside", text);
            Path project = data.resolve("logs/demo");
            Files.move(project.resolve("beside"), project.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void curvesHaveWordsForValuesThatAreNotFiniteAndNoMorePointsThanAskedFor() throws Exception {
        StringBuilder table = new StringBuilder("step,loss\n1,nan\n2,inf\n3,-inf\n");
        for (int row = 4; row <= 5000; row++) {
            table.append(row)
                    .append(',')
                    .append(row == 2500 ? 9 : Math.sin(row / 100.0))
                    .append('\n');
        }
        write("run.csv", table.toString());
        caller.ok(caller.post("/api/projects/reindex"));
        JsonNode few = curves(Map.of("points", 100)).path(0);
        JsonNode first = curves(Map.of("points", 100, "to", 3)).path(0);

        assertThat(few.path("total").asInt()).isEqualTo(5000);
        assertThat(few.path("steps").size())
                .isEqualTo(few.path("values").size())
                .isLessThanOrEqualTo(100);
        assertThat(few.path("values").toString()).contains("9.0").startsWith("[\"NaN\"");
        assertThat(first.path("values").toString()).isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
        assertThat(caller.get("/api/runs/demo/run/metrics?downsample=4").body()).contains("\"loss\":null");
        assertThat(caller.post("/api/metrics/curves", Map.of("runs", List.of())).statusCode())
                .isEqualTo(422);
    }

    @Test
    void theGuidesPathsAnswerTheSameAndARunCanBeNamedTags() throws Exception {
        write("tags.csv", "step,loss\n1,0.5\n");
        caller.ok(caller.post("/api/projects/reindex"));

        assertThat(caller.ok(caller.get("/api/run/demo/tags"))
                        .path("data")
                        .path("run_name")
                        .asText())
                .isEqualTo("tags");
        assertThat(dataOf("/api/runs?project=demo")).isEqualTo(dataOf("/api/projects/demo/experiments"));
        assertThat(caller.get("/api/projects/demo/experiments?sort=loss").statusCode())
                .isEqualTo(422);
        assertThat(caller.get("/api/projects/demo/experiments?cursor=x").statusCode())
                .isEqualTo(422);
        assertThat(caller.send(caller.request("/api/run/demo/tags").DELETE().build())
                        .statusCode())
                .isEqualTo(409);
    }

    /** Without the time of the last reading, as a run that has just been written is read again at any moment. */
    private JsonNode dataOf(String path) throws Exception {
        JsonNode data = caller.ok(caller.get(path)).path("data");
        data.path("experiments").forEach(run -> ((ObjectNode) run).remove("last_updated"));
        return data;
    }

    @Test
    void pagesOfProjectsHaveEachOnce() throws Exception {
        for (int project = 0; project < 5; project++) {
            Files.createDirectories(data.resolve("logs/p" + project));
            Files.writeString(data.resolve("logs/p" + project + "/run.csv"), "step,loss\n1,0.5\n");
        }
        caller.ok(caller.post("/api/projects/reindex"));
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page =
                    caller.ok(caller.get("/api/projects?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            page.path("data").forEach(project -> names.add(project.path("name").asText()));
            cursor = page.path("meta").path("next_cursor").textValue();
        }
        assertThat(names).containsExactly("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void aRunIsQueuedAgainOnceHoweverOftenTheRequestIsSent() throws Exception {
        write("run.csv", "step,loss\n1,0.5\n");
        write("run.yaml", "project: demo\nlr: 0.5\n");
        caller.ok(caller.post("/api/projects/reindex"));
        String body = Json.text(Map.of("project", "demo", "run_name", "run"));
        List<String> uids = new ArrayList<>();
        for (int time = 0; time < 5; time++) {
            HttpResponse<String> answer = caller.send(caller.request("/api/run/rerun")
                    .header("Idempotency-Key", "k1")
                    .POST(BodyPublishers.ofString(body))
                    .build());
            uids.add(caller.ok(answer).path("job").path("experiment_uid").asText());
        }
        assertThat(uids).hasSize(5).containsOnly(uids.get(0));
        assertThat(caller.get("/api/queue/config/" + uids.get(0)).body()).contains("lr: 0.5");
    }

    @Test
    void aConfigThatIsTooLargeOrNoTextIsNotQueuedAgain() throws Exception {
        write("large.yaml", "");
        try (FileChannel file = FileChannel.open(data.resolve("logs/demo/large.yaml"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[1]), 3L << 30); // behind zeros, which take no place on the disk
        }
        Files.write(data.resolve("logs/demo/binary.yaml"), new byte[] {'a', ':', ' ', (byte) 0xC0});
        caller.ok(caller.post("/api/projects/reindex"));

        for (String run : List.of("large", "binary")) {
            Map<String, Object> body = Map.of("project", "demo", "run_name", run);
            assertThat(caller.post("/api/run/rerun", body).statusCode()).as(run).isEqualTo(400);
        }
    }

    @Test
    void pathsThatLeadElsewhereAreRefused() throws Exception {
        write("run.csv", "step,loss\n1,0.5\n");
        Files.writeString(data.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(data.resolve("logs/demo/link.csv"), data.resolve("secret.txt"));
        Files.createSymbolicLink(data.resolve("logs/linked"), data);
        caller.ok(caller.post("/api/projects/reindex"));
        for (String path : List.of(
                "../secret.txt",
                "demo/../../secret.txt",
                "demo/link.csv",
                "linked/secret.txt",
                "/etc/passwd",
                "",
                "demo//run.csv")) {
            String query = URLEncoder.encode(path, StandardCharsets.UTF_8);
            assertThat(caller.get("/api/artifacts/preview?path=" + query).statusCode())
                    .isEqualTo(404);
            assertThat(caller.get("/api/runs/demo/run/artifacts/download?file_path=" + query)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(caller.post("/api/projects/reindex/..%2fesc").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(caller.get("/api/artifacts/preview?path=demo/run.csv").statusCode())
                .isEqualTo(200);
    }

    private JsonNode curves(Map<String, Object> more) throws Exception {
        Map<String, Object> body = new HashMap<>(more);
        body.put("runs", List.of(Map.of("project", "demo", "run", "run"), Map.of("project", "demo", "run", "none")));
        body.put("metrics", List.of("loss", "none"));
        JsonNode answer = caller.ok(caller.post("/api/metrics/curves", body)).path("data");
        assertThat(answer).hasSize(1);
        return answer;
    }

    private HttpResponse<String> range(String range) throws Exception {
        return caller.send(
                caller.request("/api/queue/job/j1/log").header("Range", range).build());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(data.resolve("logs/demo").resolve(name), text);
    }

    /** -1 when there is no such run. */
    private int rows(String project, String run) throws Exception {
        HttpResponse<String> answer = caller.get("/api/runs/" + project + "/" + run);
        return answer.statusCode() == 404
                ? -1
                : caller.ok(answer).path("data").path("total_steps").asInt();
    }
}
