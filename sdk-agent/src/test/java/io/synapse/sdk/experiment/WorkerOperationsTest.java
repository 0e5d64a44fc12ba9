package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.LOST;
import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker sends, whose replies get lost: nothing is done twice, and nothing is lost. */
@Timeout(60)
class WorkerOperationsTest {
    private static final String JOB = "job_1";
    private static final String EMPTY = "2d06800538d394c2";
    private static final String HASH = "b8e52214ff1f5c4f";
    private static final String STATUS = "GET /api/sync/status/" + JOB;
    private static final String LOG = "POST /api/sync/experiment/" + JOB + "/terminal_log.log";

    private static final String NEXT = "GET /api/queue/next_job";

    private static String assigned(String uid) {
        return "{\"experiment_uid\":\"" + uid + "\",\"assigned_device\":\"w1\"}";
    }

    private static ScriptedExperiments original() throws IOException {
        return new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
    }

    private static ScriptedExperiments synapse() throws IOException {
        return new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
    }

    private static SyncPart part(long offset, String text) {
        return SyncPart.of(
                SyncTarget.EXPERIMENT, JOB, "terminal_log.log", offset, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String status(long size, String hash) {
        return "{\"data\":{\"experiment_files\":{\"terminal_log.log\":{\"exists\":true,\"size\":" + size
                + ",\"hash\":\"" + hash + "\"}},\"files\":{}}}";
    }

    @Test
    void aJobOfTheOriginalWhoseReplyWasLostIsFoundAmongTheAssignedOnes() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on("GET /api/queue/next_job", LOST);
            server.on(
                    "GET /api/queue/list",
                    "{\"jobs\":[{\"experiment_uid\":\"other\",\"assigned_device\":\"w2\"},"
                            + "{\"experiment_uid\":\"mine\",\"assigned_device\":\"w1\",\"project\":\"p\"}]}");

            AssignedJob job = client.nextJob("w1", Duration.ZERO).orElseThrow();

            assertThat(job.experimentUid()).isEqualTo("mine");
            assertThat(job.project()).isEqualTo("p");
            assertThat(server.asked)
                    .containsExactly(
                            "GET /api/queue/next_job?host_id=w1",
                            "GET /api/queue/list?limit=1000&offset=0&status=assigned");
        }
    }

    @Test
    void aRequestForAJobOfTheOriginalIsNeverRepeatedAndTheCallerIsToldThatOneMayHaveBeenGiven() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(NEXT, LOST);
            server.on("GET /api/queue/list", "{\"jobs\":[]}");

            AssignmentUnknownException unknown = catchThrowableOfType(
                    AssignmentUnknownException.class, () -> client.nextJob("w1", Duration.ofSeconds(30)));

            assertThat(unknown.mayHaveBeenExecuted()).isTrue();
            assertThat(unknown.candidates()).isEmpty();
            assertThat(unknown).hasCauseInstanceOf(ConnectionException.class);
            assertThat(server.asked)
                    .filteredOn(line -> line.startsWith(NEXT))
                    .as("a second request would be given a second job")
                    .hasSize(1);
        }
    }

    @Test
    void aJobThatTheOriginalAssignsAMomentAfterTheReplyWasLostIsFound() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(NEXT, LOST);
            server.on("GET /api/queue/list", "{\"jobs\":[]}")
                    .on("GET /api/queue/list", "{\"jobs\":[" + assigned("late") + "]}");

            assertThat(client.nextJob("w1", Duration.ZERO).orElseThrow().experimentUid())
                    .isEqualTo("late");
        }
    }

    @Test
    void aJobThatTheClientHasGotIsNotTakenForTheOneWhoseReplyWasLost() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(NEXT, "{\"data\":{\"job\":" + assigned("a") + "}}").on(NEXT, LOST);
            server.on("GET /api/queue/list", "{\"jobs\":[" + assigned("b") + "," + assigned("a") + "]}");

            assertThat(client.nextJob("w1", Duration.ZERO).orElseThrow().experimentUid())
                    .isEqualTo("a");
            assertThat(client.nextJob("w1", Duration.ZERO).orElseThrow().experimentUid())
                    .isEqualTo("b");
            assertThatThrownBy(() -> client.nextJob("w1", Duration.ZERO))
                    .as("both were given before")
                    .isInstanceOf(AssignmentUnknownException.class);
        }
    }

    @Test
    void whereSeveralJobsMayBeTheOneWhoseReplyWasLostNoneIsChosen() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(NEXT, LOST);
            server.on("GET /api/queue/list", "{\"jobs\":[" + assigned("b") + "," + assigned("a") + "]}");

            AssignmentUnknownException unknown =
                    catchThrowableOfType(AssignmentUnknownException.class, () -> client.nextJob("w1", Duration.ZERO));

            assertThat(unknown.candidates()).containsExactly("b", "a");
        }
    }

    @Test
    void aReportToTheOriginalHasAllRunningJobsOfTheDeviceAlsoWhenTheyEndBetweenThePages() throws IOException {
        List<String> running = new ArrayList<>();
        for (int job = 0; job < 2500; job++) {
            running.add("{\"experiment_uid\":\"j" + job + "\",\"assigned_device\":\"w1\"}");
        }
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on("GET /api/queue/list", asked -> {
                int offset = Integer.parseInt(
                        HttpUrl.parse("http://h" + asked.line().substring(4)).queryParameter("offset"));
                String page = String.join(",", running.subList(offset, Math.min(running.size(), offset + 1000)));
                running.subList(0, 50).clear(); // these end now, and the others move up
                return json(200, "{\"jobs\":[" + page + "]}");
            });
            server.on("POST /api/devices/heartbeat", "{\"data\":{\"host_id\":\"w1\"}}");

            client.sendHeartbeat(DeviceReport.of("w1"));

            String report = server.requests.get(server.requests.size() - 1).body();
            for (int job = 0; job < 2500; job++) {
                assertThat(report).contains("\"j" + job + "\"");
            }
        }
    }

    @Test
    void theOriginalIsAskedAgainUntilThereIsAJobOrTheWaitIsOver() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on("GET /api/queue/next_job", "{\"data\":{\"job\":null}}")
                    .on("GET /api/queue/next_job", "{\"data\":{\"job\":{\"experiment_uid\":\"a\"}}}");

            assertThat(client.nextJob("w1", Duration.ofSeconds(30))).isPresent();
            assertThat(server.asked).hasSize(2);
        }
    }

    @Test
    void aServerOfThisProjectWaitsItself() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on(
                    "GET /api/queue/next_job?host_id=w1&wait=20",
                    "{\"data\":{\"job\":{\"experiment_uid\":\"a\",\"name\":\"n\",\"attempt\":2,\"lease_seconds\":60,"
                            + "\"assigned_device\":\"w1:0\",\"priority\":\"high\"}}}");

            AssignedJob job = client.nextJob("w1", Duration.ofSeconds(20)).orElseThrow();

            assertThat(job.attempt()).isEqualTo(2);
            assertThat(job.leaseSeconds()).isEqualTo(60.0);
            assertThat(job.assignedDevice()).isEqualTo("w1:0");
            assertThat(job.priority()).isEqualTo(JobPriority.HIGH);
            for (Duration wait : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(61))) {
                assertThatThrownBy(() -> client.nextJob("w1", wait)).isInstanceOf(BadRequestException.class);
            }
        }
    }

    @Test
    void aServerOfThisProjectIsNotAskedForAnotherJobInPlaceOfTheOneWhoseReplyWasLost() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on("GET /api/queue/next_job", LOST);

            assertThatThrownBy(() -> client.nextJob("w1", Duration.ZERO))
                    .isInstanceOfSatisfying(
                            ConnectionException.class,
                            lost -> assertThat(lost.mayHaveBeenExecuted()).isTrue());
            assertThat(server.asked).hasSize(1);
        }
    }

    @Test
    void theAnswerToAReportSaysWhatToStop() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on("POST /api/devices/heartbeat", LOST)
                    .on(
                            "POST /api/devices/heartbeat",
                            json(200, "{\"data\":{\"host_id\":\"w1\",\"stop\":[\"a\"],\"drain\":true}}"));

            HeartbeatReply reply = client.sendHeartbeat(DeviceReport.of("w1").diskFree(1));

            assertThat(reply.stop()).containsExactly("a");
            assertThat(reply.drain()).isTrue();
            assertThat(server.requests.get(1).body()).isEqualTo("{\"host_id\":\"w1\",\"disk_free\":1.0}");
        }
    }

    @Test
    void aConfirmationWhoseReplyWasLostIsReadBackFromTheOriginal() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on("POST /api/queue/confirm_started", LOST);
            server.on(
                    "GET /api/queue/experiment/" + JOB,
                    "{\"job\":{\"status\":\"running\",\"metadata\":{\"pid\":4999999}}}");

            client.confirmStarted(JOB, 4_999_999);

            assertThat(server.asked).hasSize(2);
            server.on("POST /api/queue/confirm_started", json(400, "{\"detail\":\"Failed to confirm\"}"));
            assertThatThrownBy(() -> client.confirmStarted(JOB, 4_999_998)).isInstanceOf(BadRequestException.class);
        }
    }

    @Test
    void aServerOfThisProjectIsToldTheAttempt() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on("POST /api/queue/confirm_started", LOST)
                    .on("POST /api/queue/confirm_started", json(200, "{\"data\":{}}"));
            server.on("POST /api/queue/complete_job", json(409, "{\"detail\":\"attempt 3 runs\"}"));

            client.confirmStarted(JOB, 17, 2);
            assertThatThrownBy(() -> client.completeJob(JobCompletion.failed(JOB, "Exit code: 1")
                            .exitCode(1)
                            .attempt(2)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("attempt 3 runs");

            assertThat(server.requests.get(1).body())
                    .isEqualTo("{\"experiment_uid\":\"job_1\",\"pid\":17,\"attempt\":2}");
            assertThat(server.requests.get(2).body())
                    .contains("\"success\":false", "\"exit_code\":1", "\"attempt\":2", "Exit code: 1");
        }
    }

    @Test
    void aPartGoesToAServerOfThisProjectWithItsPlaceAndIsRepeated() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on(LOG, LOST)
                    .on(LOG, json(200, "{\"data\":{\"bytes_synced\":2,\"size\":9,\"hash\":\"" + HASH + "\"}}"));

            SyncReply reply = client.syncFile(
                    part(7, "ab").prefixHash(EMPTY).contentHash(HASH).attempt(3));

            assertThat(reply.size()).isEqualTo(9);
            Headers sent = server.requests.get(1).whole().getHeaders();
            assertThat(sent.get("X-Offset")).isEqualTo("7");
            assertThat(sent.get("X-Prefix-Hash")).isEqualTo(EMPTY);
            assertThat(sent.get("X-Content-Hash")).isEqualTo(HASH);
            assertThat(sent.get("X-Attempt")).isEqualTo("3");
            assertThat(sent.get("X-Replace")).isNull();

            client.syncFile(part(0, "ab").replacing(9));
            Headers replacing = server.requests.get(2).whole().getHeaders();
            assertThat(replacing.get("X-Replace")).isEqualTo("true");
            assertThat(replacing.get("X-Total")).isEqualTo("9");
        }
    }

    @Test
    void otherBytesAtTheServerAreAConflictThatSaysWhatItHas() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            server.on(
                    LOG,
                    json(
                            409,
                            "{\"detail\":{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                                    + "\"detail\":\"other bytes\",\"size\":12,\"hash\":\"" + HASH + "\"}}"));

            SyncConflictException conflict = catchThrowableOfType(
                    SyncConflictException.class,
                    () -> client.syncFile(part(7, "ab").prefixHash(EMPTY)));

            assertThat(conflict.size()).isEqualTo(12);
            assertThat(conflict.hash()).isEqualTo(HASH);
            assertThat(conflict).hasMessageContaining("other bytes");
        }
    }

    @Test
    void aPartThatIsTooLongOrHasNoPlaceIsRefusedBeforeItIsSent() throws IOException {
        try (ScriptedExperiments server = synapse();
                ExperimentClient client = server.client()) {
            assertThatThrownBy(() -> client.syncFile(part(1, "a"))).isInstanceOf(BadRequestException.class);
            assertThatThrownBy(() -> client.syncFile(part(0, "a".repeat((4 << 20) + 1))))
                    .isInstanceOf(BadRequestException.class);
            assertThat(server.asked).isEmpty();
        }
        assertThatThrownBy(() -> part(-1, "a")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> part(1, "ab").replacing(2)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> part(0, "a").contentHash("XYZ")).isInstanceOf(BadRequestException.class);
    }

    @Test
    void thePartOfAFileIsAppendedByTheOriginalOnlyWhereItBelongs() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(STATUS, status(7, EMPTY));
            server.on(LOG, json(200, "{\"data\":{\"bytes_synced\":2}}"));

            assertThat(client.syncFile(part(7, "ab").prefixHash(EMPTY)).bytesSynced())
                    .isEqualTo(2);
            assertThatThrownBy(() -> client.syncFile(part(7, "ab").prefixHash(HASH)))
                    .isInstanceOf(SyncConflictException.class);
            assertThatThrownBy(() -> client.syncFile(part(3, "ab").prefixHash(EMPTY)))
                    .isInstanceOfSatisfying(
                            SyncConflictException.class,
                            conflict -> assertThat(conflict.size()).isEqualTo(7));
            assertThat(server.asked).containsExactly(STATUS, LOG, STATUS, STATUS);
        }
    }

    @Test
    void aPartWhoseReplyWasLostIsNotAppendedTwice() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(STATUS, status(7, EMPTY)).on(STATUS, status(9, HASH));
            server.on(LOG, LOST);

            client.syncFile(part(7, "ab").prefixHash(EMPTY));

            assertThat(server.asked).containsExactly(STATUS, LOG, STATUS);
        }
    }

    @Test
    void aPartThatDidNotArriveIsAppendedAfterLooking() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(STATUS, status(7, EMPTY));
            server.on(LOG, LOST).on(LOG, json(200, "{\"data\":{\"bytes_synced\":2}}"));

            client.syncFile(part(7, "ab").prefixHash(EMPTY));

            assertThat(server.asked).containsExactly(STATUS, LOG, STATUS, LOG);
        }
    }

    @Test
    void aFileThatAnotherWorkerChangedMeanwhileIsAConflict() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(STATUS, status(7, EMPTY)).on(STATUS, status(20, HASH));
            server.on(LOG, LOST);

            assertThatThrownBy(() -> client.syncFile(part(7, "ab").prefixHash(EMPTY)))
                    .isInstanceOf(SyncConflictException.class);
        }
    }

    @Test
    void theOriginalReplacesNeitherLogsNorMetricsAndTakesOtherFilesAsAWhole() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            String yaml = "POST /api/sync/run/" + JOB + "/a.yaml";
            server.on(yaml, LOST).on(yaml, json(200, "{\"data\":{\"bytes_synced\":1}}"));
            byte[] bytes = {'x'};

            client.syncFile(SyncPart.of(SyncTarget.RUN, JOB, "a.yaml", 0, bytes));
            assertThatThrownBy(() -> client.syncFile(part(0, "ab").replacing(2)))
                    .isInstanceOf(UnsupportedByServerException.class);
            assertThatThrownBy(() -> client.syncFile(SyncPart.of(SyncTarget.RUN, JOB, "a.pt", 5, bytes)))
                    .isInstanceOf(UnsupportedByServerException.class);
            assertThat(server.asked).containsExactly(yaml, yaml);
        }
    }
}
