package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What workers ask for and tell. */
@Timeout(120)
class WorkersTest {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final Caller caller = new Caller(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void moreWorkersWaitThanTheServerHasThreadsAndEachGetsAJobAsSoonAsThereIsOne() throws Exception {
        int count = 300;
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            waiting.add(client.sendAsync(
                    caller.request("/api/queue/next_job?wait=60&host_id=w" + index)
                            .build(),
                    BodyHandlers.ofString()));
        }
        Set<String> added = new HashSet<>();
        for (int index = 0; index < count; index++) {
            added.add(caller.add("job" + index));
        }

        Set<String> given = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> answer : waiting) {
            given.add(uid(caller.ok(answer.join())));
        }

        assertThat(given).isEqualTo(added);
    }

    @Test
    void aWorkerThatHasWaitedInVainIsToldSo() throws Exception {
        JsonNode answer = caller.ok(caller.get("/api/queue/next_job?host_id=w&wait=1"));

        assertThat(answer.path("data").path("job").isNull()).isTrue();
        assertThat(caller.get("/api/queue/next_job?host_id=w&wait=61").statusCode())
                .isEqualTo(422);
    }

    @Test
    void aWorkerThatWaitsGetsTheJobWhenItsGpuBecomesIdle() throws Exception {
        beat("a", 50);
        String uid = caller.add("a");
        Future<JsonNode> waiting = CompletableFuture.supplyAsync(() -> nextAfter("a", 30));

        assertThat(caller.job(uid).path("status").asText()).isEqualTo("queued");
        beat("a", 5);

        assertThat(waiting.get().path("assigned_device").asText()).isEqualTo("a:0");
    }

    @Test
    void aMachineGetsAsManyJobsAsItHasIdleGpus() throws Exception {
        beat("a", 0, 0);
        for (int index = 0; index < 3; index++) {
            caller.add("job" + index);
        }

        assertThat(caller.next("a").path("assigned_device").asText()).isEqualTo("a:0");
        JsonNode second = caller.next("a");
        assertThat(second.path("assigned_device").asText()).isEqualTo("a:1");
        assertThat(caller.next("a").isNull()).isTrue();
        assertThat(statistics().path("used_gpu_count").asInt()).isEqualTo(2);
        JsonNode device = caller.ok(caller.get("/api/devices")).path("data").get(0);
        assertThat(device.path("jobs").size()).isEqualTo(2);
        caller.ok(caller.complete(uid(second), 1, 0));
        assertThat(caller.next("a").path("assigned_device").asText()).isEqualTo("a:1");
    }

    @Test
    void aJobGoesToAMachineThatHasWhatItNeeds() throws Exception {
        beat("small", 0);
        beat("large", 0, 0, 0, 0);
        String large = add(Map.of("config", "a: 1", "requirements", Map.of("gpu_count", 4, "gpu_memory_gb", 20)));
        String pinned = add(Map.of("config", "a: 1", "device", "small:0"));

        assertThat(uid(caller.next("small"))).isEqualTo(pinned);
        JsonNode given = caller.next("large");
        assertThat(uid(given)).isEqualTo(large);
        assertThat(given.path("assigned_device").asText()).isEqualTo("large:0,1,2,3");
    }

    @Test
    void aJobThatNoKnownMachineCanRunSaysWhatItWaitsFor() throws Exception {
        beat("a", 0);
        String uid = add(Map.of("config", "a: 1", "requirements", Map.of("gpu_count", 2, "gpu_name", "H100")));
        String other = caller.add("b");

        assertThat(caller.job(uid).path("metadata").path("waiting_for").asText())
                .isEqualTo("a device with gpu_count 2, gpu_name H100");
        assertThat(uid(caller.next("a"))).isEqualTo(other);
    }

    @Test
    void aMachineThatIsDrainedFinishesAndGetsNoMore() throws Exception {
        String running = caller.add("a");
        caller.add("b");
        caller.next("w");
        caller.ok(caller.confirm(running, 1));
        beat("w", 0);

        caller.ok(caller.post("/api/devices/w/drain", Map.of("drain", true)));

        assertThat(beat("w", 0).path("drain").asBoolean()).isTrue();
        assertThat(caller.next("w").isNull()).isTrue();
        caller.ok(caller.complete(running, 1, 0));
        caller.ok(caller.post("/api/devices/w/drain", Map.of("drain", false)));
        assertThat(caller.next("w").isNull()).isFalse();
    }

    @Test
    void theExitCodeDecidesHowAJobEndsAndItsErrorIsInBothPlaces() throws Exception {
        String uid = caller.add("a");
        caller.next("w");

        caller.ok(caller.post(
                "/api/queue/complete_job",
                Map.of("experiment_uid", uid, "success", true, "exit_code", 137, "error_message", "Killed")));

        JsonNode job = caller.job(uid);
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("exit_code").asInt()).isEqualTo(137);
        assertThat(job.path("error_message").asText()).isEqualTo("Killed");
        assertThat(job.path("metadata").path("error").asText()).isEqualTo("Killed");
    }

    @Test
    void aConfirmationWhoseAnswerWasLostCanBeSentAgain() throws Exception {
        String uid = caller.add("a");
        caller.next("w");

        assertThat(caller.confirm(uid, 1).statusCode()).isEqualTo(200);
        assertThat(caller.confirm(uid, 1).statusCode()).isEqualTo(200);
        assertThat(caller.complete(uid, 1, 0).statusCode()).isEqualTo(200);
        assertThat(caller.complete(uid, 1, 0).statusCode()).isEqualTo(200);
        assertThat(caller.complete(uid, 0, 1).statusCode()).isEqualTo(409);
        assertThat(caller.confirm(uid, 1).statusCode()).isEqualTo(409);
    }

    @Test
    void howeverCancellationsAndReportsMeetAJobEndsOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(3);
        Map<String, String> ends = new HashMap<>();
        beat("w", 0);
        for (int round = 0; round < 40; round++) {
            String uid = caller.add("job" + round);
            caller.next("w");
            if (round % 2 == 0) {
                caller.ok(caller.confirm(uid, 1));
            }
            Future<Integer> first = callers.submit(() -> cancel(uid));
            Future<Integer> second = callers.submit(() -> cancel(uid));
            Future<Integer> report =
                    callers.submit(() -> caller.complete(uid, 1, 0).statusCode());

            assertThat(report.get()).isEqualTo(200);
            assertThat(Set.of(200, 409)).contains(first.get(), second.get());
            boolean isCancelled = first.get() == 200 || second.get() == 200;
            assertThat(first.get() == 200 && second.get() == 200).isFalse();
            ends.put(uid, isCancelled ? "cancelled" : "completed");
        }
        callers.shutdown();

        Map<String, String> told = new HashMap<>();
        try (EventReader reader = new EventReader(caller, "/api/events/stream", "0")) {
            reader.next();
            String last = caller.add("last");
            while (!told.containsKey(last)) {
                JsonNode job = reader.next("queue_update").data().path("data");
                String status = job.path("status").asText();
                String before = told.put(job.path("experiment_uid").asText(), status);
                boolean isStopped = "cancelled".equals(before) && status.equals("cancelled"); // its device is free then
                assertThat(isStopped || before == null || !TERMINAL.contains(before))
                        .isTrue();
            }
        }
        ends.forEach((uid, end) -> assertThat(told).containsEntry(uid, end));
        assertThat(statistics().path("used_gpu_count").asInt()).isZero();
    }

    @Test
    void aPausedJobKeepsItsPlace() throws Exception {
        String first = caller.add("first");
        String second = caller.add("second");

        caller.ok(caller.post("/api/queue/job/" + first + "/pause"));
        assertThat(caller.post("/api/queue/job/" + first + "/pause").statusCode())
                .isEqualTo(400);
        assertThat(uid(caller.next("w"))).isEqualTo(second);
        assertThat(caller.next("w").isNull()).isTrue();
        caller.add("third");
        caller.ok(caller.post("/api/queue/job/" + first + "/resume"));

        assertThat(uid(caller.next("w"))).isEqualTo(first);
    }

    @Test
    void cleaningUpRemovesWhatIsOverAndNothingElse() throws Exception {
        String completed = caller.add("completed");
        String failed = caller.add("failed");
        String cancelled = caller.add("cancelled");
        String running = caller.add("running");
        String waiting = caller.add("waiting");
        for (String uid : List.of(completed, failed, cancelled, running)) {
            assertThat(uid(caller.next("w"))).isEqualTo(uid);
            caller.ok(caller.confirm(uid, 1));
        }
        caller.ok(caller.complete(completed, 1, 0));
        caller.ok(caller.complete(failed, 1, 1));
        assertThat(cancel(cancelled)).isEqualTo(200);

        assertThat(clean(1)).isZero();
        assertThat(clean(0)).isEqualTo(2); // the cancelled one may still run
        caller.ok(caller.complete(cancelled, 1, 1));
        assertThat(clean(0)).isEqualTo(1);

        for (String uid : List.of(completed, failed, cancelled)) {
            assertThat(caller.get("/api/queue/experiment/" + uid).statusCode()).isEqualTo(404);
        }
        assertThat(caller.job(running).path("status").asText()).isEqualTo("running");
        assertThat(caller.job(waiting).path("status").asText()).isEqualTo("queued");
    }

    private int clean(int hours) throws Exception {
        return caller.ok(caller.post("/api/queue/cleanup?hours=" + hours))
                .path("data")
                .path("cleaned_count")
                .asInt();
    }

    private int cancel(String uid) throws Exception {
        return caller.post("/api/queue/job/" + uid + "/cancel").statusCode();
    }

    private JsonNode nextAfter(String host, int wait) {
        try {
            return caller.ok(caller.get("/api/queue/next_job?host_id=" + host + "&wait=" + wait))
                    .path("data")
                    .path("job");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String add(Map<String, Object> body) throws Exception {
        return uid(caller.ok(caller.post("/api/queue/add", body)).path("job"));
    }

    private static String uid(JsonNode job) {
        return (job.has("data") ? job.path("data").path("job") : job)
                .path("experiment_uid")
                .asText();
    }

    private JsonNode statistics() throws Exception {
        return caller.ok(caller.get("/api/queue/stats")).path("data");
    }

    /** A machine with GPUs of 24 GB that are used so much. */
    private JsonNode beat(String host, int... percents) throws Exception {
        List<Map<String, Object>> gpus = new ArrayList<>();
        for (int percent : percents) {
            gpus.add(Map.of("id", gpus.size(), "name", "RTX 3090", "util", percent, "vram_used", 1, "vram_total", 24));
        }
        return caller.ok(caller.post("/api/devices/heartbeat", Map.of("host_id", host, "gpus", gpus)))
                .path("data");
    }
}
