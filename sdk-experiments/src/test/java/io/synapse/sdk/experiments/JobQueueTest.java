package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobQueueTest {
    @TempDir
    private Path folder;

    private EmbeddedExperiments server;
    private Caller caller;

    @BeforeEach
    void start() {
        server = EmbeddedExperiments.builder().dataDirectory(folder).start();
        caller = new Caller(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aJobGoesFromTheQueueOverAWorkerToItsEnd() throws Exception {
        String uid = caller.add("a");
        assertThat(caller.job(uid).path("status").asText()).isEqualTo("queued");

        JsonNode given = caller.next("w1");
        assertThat(given.path("experiment_uid").asText()).isEqualTo(uid);
        assertThat(given.path("attempt").asInt()).isEqualTo(1);
        assertThat(given.path("assigned_device").asText()).isEqualTo("w1");
        assertThat(given.path("lease_seconds").asInt()).isEqualTo(60);
        assertThat(caller.job(uid).path("status").asText()).isEqualTo("assigned");

        caller.ok(caller.confirm(uid, 1));
        assertThat(caller.job(uid).path("status").asText()).isEqualTo("running");
        assertThat(caller.job(uid).path("metadata").path("pid").asInt()).isEqualTo(4999999);

        caller.ok(caller.complete(uid, 1, 0));
        assertThat(caller.job(uid).path("status").asText()).isEqualTo("completed");
        assertThat(caller.next("w1").isNull()).isTrue();
    }

    @Test
    void theConfigOfAJobIsServedAsItWasSubmitted() throws Exception {
        String uid = caller.add("a");

        HttpResponse<String> config = caller.get("/api/queue/config/" + uid);

        assertThat(config.body()).isEqualTo("lr: 0.1\n");
        assertThat(config.headers().firstValue("Content-Type")).hasValue("text/yaml; charset=utf-8");
    }

    @Test
    void theMostUrgentJobComesFirstAndOfEquallyUrgentOnesTheOldest() throws Exception {
        for (Object priority : List.of("low", "normal", "urgent", 0, 15, "high", -3)) {
            caller.ok(caller.post(
                    "/api/queue/add", Map.of("config", "a: 1", "name", "p" + priority, "priority", priority)));
        }

        List<String> names = new ArrayList<>();
        for (JsonNode job = caller.next("w"); !job.isNull(); job = caller.next("w")) {
            names.add(job.path("name").asText());
        }

        assertThat(names).containsExactly("purgent", "p15", "phigh", "pnormal", "p0", "p-3", "plow");
    }

    @Test
    void theListSaysWhichPlaceAJobHasInTheQueue() throws Exception {
        caller.add("first");
        String second = caller.add("second");
        caller.ok(caller.post("/api/queue/job/" + second + "/priority?priority=high"));

        JsonNode jobs = caller.ok(caller.get("/api/queue/list")).path("jobs");

        assertThat(jobs.get(0).path("name").asText()).isEqualTo("second");
        assertThat(jobs.get(0).path("position").asInt()).isEqualTo(1);
        assertThat(jobs.get(1).path("position").asInt()).isEqualTo(2);
        for (JsonNode job : jobs) {
            JsonNode alone = caller.job(job.path("experiment_uid").asText());
            assertThat(alone.path("position")).isEqualTo(job.path("position"));
        }
        String taken = caller.next("w").path("experiment_uid").asText();
        assertThat(caller.job(taken).path("position").isNull()).isTrue();
    }

    @Test
    void ofTwoHundredWorkersThatAskAtOnceEachJobGoesToOne() throws Exception {
        for (int index = 0; index < 150; index++) {
            caller.add("job" + index);
        }
        ExecutorService workers = Executors.newFixedThreadPool(200);
        Set<String> given = ConcurrentHashMap.newKeySet();
        List<Future<String>> answers = new ArrayList<>();
        for (int index = 0; index < 200; index++) {
            String host = "w" + index;
            answers.add(workers.submit(
                    () -> caller.next(host).path("experiment_uid").asText()));
        }

        int none = 0;
        for (Future<String> answer : answers) {
            if (answer.get().isEmpty()) {
                none++;
            } else {
                assertThat(given.add(answer.get())).isTrue();
            }
        }
        workers.shutdown();

        assertThat(given).hasSize(150);
        assertThat(none).isEqualTo(50);
    }

    @Test
    void aSubmissionThatIsSentFiveTimesIsOneJobAndHasTheSameAnswer() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            HttpResponse<String> answer = submit("key-1", "lr: 1");
            assertThat(answer.statusCode()).isEqualTo(200);
            answers.add(answer.body());
        }

        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(caller.ok(caller.get("/api/queue/list")).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void aSubmissionThatIsSentManyTimesAtOnceIsOneJob() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(16);
        List<Future<String>> answers = new ArrayList<>();
        for (int index = 0; index < 16; index++) {
            answers.add(senders.submit(() -> caller.ok(submit("key", "lr: 1")).toString()));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo(answers.get(0).get());
        }
        senders.shutdown();

        assertThat(caller.ok(caller.get("/api/queue/list")).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void aKeyThatComesWithAnotherBodyIsRefused() throws Exception {
        caller.ok(submit("key", "lr: 1"));

        assertThat(submit("key", "lr: 2").statusCode()).isEqualTo(409);
        assertThat(caller.ok(caller.get("/api/queue/list")).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void aUidThatAnotherJobHasIsRefused() throws Exception {
        Map<String, String> body = Map.of("config", "a: 1", "experiment_uid", "mine_1");
        caller.ok(caller.post("/api/queue/submit", body));

        assertThat(caller.post("/api/queue/submit", body).statusCode()).isEqualTo(409);
    }

    @Test
    void aGridBecomesOneJobAPointInOneSubmission() throws Exception {
        JsonNode answer = caller.ok(caller.post(
                "/api/queue/add", Map.of("config", "project: g\nlr: [0.1, 0.2]\nbatch: [32, 64]\n", "expand", true)));

        assertThat(answer.path("total").asInt()).isEqualTo(4);
        JsonNode last = answer.path("jobs").get(3);
        assertThat(last.path("project").asText()).isEqualTo("g");
        assertThat(last.path("grid").path("lr").asDouble()).isEqualTo(0.2);
        assertThat(last.path("metadata").path("sweep_id")).isEqualTo(answer.path("sweep_id"));
        String config = caller.get(
                        "/api/queue/config/" + last.path("experiment_uid").asText())
                .body();
        assertThat(config).contains("lr: 0.2").contains("batch: 64");
    }

    @Test
    void aGridThatIsSentAgainHasTheSameAnswerOfWhichOnlyTheFirstJobIsKept() throws Exception {
        String body = "{\"config\": \"lr: [1, 2, 3]\\nbatch: [4, 5, 6]\", \"expand\": true}";
        JsonNode first = caller.ok(submitBody("key", body));

        assertThat(caller.ok(submitBody("key", body))).isEqualTo(first);
        assertThat(caller.ok(caller.get("/api/queue/list")).path("total").asInt())
                .isEqualTo(9);
        assertThat(keptAnswer()).contains(first.path("sweep_id").asText()).hasSizeLessThan(2_000);
        caller.ok(caller.complete(caller.next("w").path("experiment_uid").asText(), 1, 0));
        caller.ok(caller.post("/api/queue/cleanup?hours=0"));
        JsonNode later = caller.ok(submitBody("key", body));
        assertThat(later.path("job")).isEqualTo(first.path("job"));
        assertThat(later.path("total").asInt()).isEqualTo(9);
        assertThat(later.path("jobs")).hasSize(8);
    }

    private String keptAnswer() throws SQLException {
        try (Connection records = records();
                ResultSet rows = records.createStatement().executeQuery("SELECT answer FROM idempotency")) {
            return rows.getString(1);
        }
    }

    private Connection records() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("experiments.db"));
    }

    @Test
    void whileAGridIsExpandedAnotherOneIsToBeSentLater() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        HttpResponse<String> refused;
        try (Connection other = records()) {
            other.createStatement().execute("BEGIN IMMEDIATE"); // so that the first one waits
            for (int index = 0; index < 2; index++) {
                answers.add(caller.later(caller.request("/api/queue/add")
                        .POST(BodyPublishers.ofString("{\"config\": \"lr: [1, 2]\", \"expand\": true}"))
                        .build()));
            }
            refused = answers.get(0)
                    .applyToEither(answers.get(1), Function.identity())
                    .get();
            other.createStatement().execute("ROLLBACK");
        }

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answers).extracting(answer -> answer.get().statusCode()).containsExactlyInAnyOrder(200, 503);
        caller.ok(caller.post("/api/queue/add", Map.of("config", "lr: [1, 2]", "expand", true)));
    }

    @Test
    void theFailedPointsOfASweepAreDoneAgainAsASet() throws Exception {
        JsonNode answer = caller.ok(caller.post("/api/queue/add", Map.of("config", "lr: [1, 2, 3]", "expand", true)));
        for (int exitCode : List.of(0, 1, 1)) {
            String uid = caller.next("w").path("experiment_uid").asText();
            caller.ok(caller.complete(uid, 1, exitCode));
        }

        JsonNode retried = caller.ok(
                caller.post("/api/queue/sweep/" + answer.path("sweep_id").asText() + "/retry"));

        assertThat(retried.path("total").asInt()).isEqualTo(2);
        assertThat(caller.next("w").path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void theSameSubmissionWithItsNamesInAnotherOrderIsTheSame() throws Exception {
        HttpResponse<String> first = submitBody("key", "{\"config\": \"a: 1\", \"metadata\": {\"x\": 1, \"y\": 2}}");
        HttpResponse<String> again = submitBody("key", "{\"metadata\": {\"y\": 2, \"x\": 1}, \"config\": \"a: 1\"}");
        HttpResponse<String> other = submitBody("key", "{\"config\": \"a: 1\", \"metadata\": {\"x\": 2, \"y\": 1}}");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
    }

    private HttpResponse<String> submit(String key, String config) throws Exception {
        return submitBody(key, "{\"config\": \"" + config + "\"}");
    }

    private HttpResponse<String> submitBody(String key, String body) throws Exception {
        return caller.send(caller.request("/api/queue/add")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
