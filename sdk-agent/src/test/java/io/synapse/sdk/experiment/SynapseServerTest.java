package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.LOST;
import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.agent.Operations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers of this project have beyond the original (wire/experiments.md). */
@Timeout(60)
class SynapseServerTest {
    private ScriptedExperiments server;
    private ExperimentClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void theKindOfServerIsFoundOutOnceAndSaid() {
        ExperimentServer found = client.getServer();

        assertThat(found.isSynapse()).isTrue();
        assertThat(found.features()).containsExactly("x");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void runsComePageByPage(Operations kind) {
        String path = "GET /api/projects/demo/experiments";
        server.on(
                path,
                "{\"data\":{\"experiments\":[{\"run_name\":\"a\"}]},\"meta\":{\"total\":2,\"next_cursor\":\"c/1 =\"}}");
        server.on(
                path,
                "{\"data\":{\"experiments\":[{\"run_name\":\"b\",\"final_metrics\":{\"loss\":\"NaN\",\"acc\":1}}]},"
                        + "\"meta\":{\"total\":2,\"next_cursor\":null}}");

        List<?> runs = (List<?>) kind.call(
                client,
                "listRuns",
                RunQuery.of("demo")
                        .sortBy("loss", MetricSummary.MIN)
                        .descending()
                        .columns(List.of("loss", "lr"))
                        .pageSize(1));

        assertThat(runs).extracting(run -> ((Run) run).runName()).containsExactly("a", "b");
        assertThat(((Run) runs.get(1)).finalMetrics()).isEqualTo(Map.of("loss", Double.NaN, "acc", 1.0));
        assertThat(((Run) runs.get(1)).additionalProperties()).isEmpty();
        assertThat(server.asked.get(0))
                .contains("limit=1", "sort=metric:loss:min", "order=desc")
                .doesNotContain("cursor");
        assertThat(server.asked.get(1)).contains("cursor=c/1%20%3D");
    }

    @Test
    void projectsComePageByPage() {
        server.on("GET /api/projects", "{\"data\":[{\"name\":\"a\"}],\"meta\":{\"next_cursor\":\"x\"}}");
        server.on("GET /api/projects", "{\"data\":[{\"name\":\"b\"}],\"meta\":{}}");

        assertThat(client.listProjects()).extracting(Project::name).containsExactly("a", "b");
    }

    /** Jobs a and b are on the first page; then c is submitted, which moves b to the second. */
    @ParameterizedTest
    @EnumSource(Operations.class)
    void aJobThatIsSubmittedBetweenTwoPagesMakesNoneComeTwice(Operations kind) {
        String jobs = "{\"jobs\":[%s],\"total\":%s}";
        String job = "{\"experiment_uid\":\"%s\"}";
        server.on("GET /api/queue/list", jobs.formatted(job.formatted("a") + "," + job.formatted("b"), 3));
        server.on("GET /api/queue/list", jobs.formatted(job.formatted("b") + "," + job.formatted("z"), 4));

        List<?> all = (List<?>) kind.call(
                client,
                "listExperimentJobs",
                JobQuery.ALL.pageSize(2).status(ExperimentStatus.QUEUED).project("p"));

        assertThat(all)
                .extracting(each -> ((ExperimentJob) each).experimentUid())
                .containsExactly("a", "b", "z");
        assertThat(server.asked)
                .containsExactly(
                        "GET /api/queue/list?limit=2&offset=0&status=queued&project=p",
                        "GET /api/queue/list?limit=2&offset=2&status=queued&project=p");
    }

    @Test
    void theHistoryIsReadFromItsOwnEnvelope() throws IOException {
        server.on(
                "GET /api/queue/experiments",
                ExperimentRecording.of("GET /api/queue/experiments?limit=1", 200)
                        .answer());

        PagedList<ExperimentJob> history = client.listJobHistory(JobQuery.ALL.pageSize(1));

        assertThat(history.pages().iterator().next().count()).isEqualTo(3);
        assertThat(history.stream().findFirst().orElseThrow().lastIndexed())
                .isEqualTo(Instant.parse("2026-11-27T11:24:23.325624Z"));
    }

    @Test
    void curvesAreThinnedOutByTheServer() {
        server.on("POST /api/metrics/curves", LOST)
                .on(
                        "POST /api/metrics/curves",
                        json(
                                200,
                                "{\"data\":[{\"project\":\"p\",\"run\":\"r\",\"metric\":\"loss\",\"steps\":[1,2,3],"
                                        + "\"values\":[0.5,\"Infinity\",null],\"total\":900}]}"));

        List<MetricCurve> curves = client.getCurves(CurveQuery.of(List.of(RunKey.of("p", "r")), List.of("loss"))
                .points(3)
                .from(1)
                .to(9));

        assertThat(curves).singleElement().satisfies(curve -> {
            assertThat(curve.steps()).containsExactly(1.0, 2.0);
            assertThat(curve.values()).containsExactly(0.5, Double.POSITIVE_INFINITY);
            assertThat(curve.total()).isEqualTo(900);
        });
        assertThat(server.requests.get(1).body())
                .contains("\"project\":\"p\"", "\"run\":\"r\"")
                .endsWith("}],\"metrics\":[\"loss\"],\"points\":3,\"from\":1.0,\"to\":9.0}");
    }

    @Test
    void aRunOfAnyNameIsReadUnderThePathOfTheGuide() {
        server.on("GET /api/run/demo/tags", "{\"data\":{\"run_name\":\"tags\"}}");
        server.on("GET /api/runs/demo/a/metrics", "{\"data\":{\"data\":[{\"step\":1}],\"columns\":[\"step\"]}}");

        assertThat(client.getRun("demo", "tags").runName()).isEqualTo("tags");
        assertThat(client.getMetrics("demo", "a", List.of("loss", "acc")).rows())
                .hasSize(1);
        assertThat(server.asked.get(1)).endsWith("?metrics=loss&metrics=acc");
    }

    @Test
    void runsAreRepeatedAndDeleted() {
        server.on("POST /api/run/rerun", LOST)
                .on("POST /api/run/rerun", json(200, "{\"job\":{\"experiment_uid\":\"a\"}}"));
        server.on("DELETE /api/runs/p/r", json(409, "{\"detail\":\"it is running\"}"));

        assertThat(client.rerun("p", "r", "lr: 2\n").experimentUid()).isEqualTo("a");
        assertThatThrownBy(() -> client.deleteRun("p", "r")).isInstanceOf(ConflictException.class);

        assertThat(server.requests.get(1).body())
                .isEqualTo("{\"project\":\"p\",\"run_name\":\"r\",\"config\":\"lr: 2\\n\"}");
        assertThat(server.requests.get(1).whole().getHeaders().get("Idempotency-Key"))
                .isEqualTo(server.requests.get(0).whole().getHeaders().get("Idempotency-Key"));
    }

    @Test
    void aCommandWhoseReplyWasLostIsLookedUpAndNotRepeated() {
        server.on("POST /api/queue/job/a/pause", LOST);
        server.on("GET /api/queue/experiment/a", "{\"job\":{\"experiment_uid\":\"a\",\"status\":\"paused\"}}");
        server.on("POST /api/queue/job/b/cancel", LOST);
        server.on("GET /api/queue/experiment/b", "{\"job\":{\"experiment_uid\":\"b\",\"status\":\"cancelled\"}}");

        client.pauseExperiment("a");
        client.cancelExperiment("b");

        assertThat(server.asked).filteredOn(line -> line.startsWith("POST")).hasSize(2);
    }

    @Test
    void failedJobsAreQueuedAgain() {
        server.on("POST /api/queue/job/a/retry", json(200, "{\"job\":{\"experiment_uid\":\"a\"}}"));
        server.on("GET /api/queue/experiment/a", "{\"job\":{\"experiment_uid\":\"a\",\"attempt\":2,\"position\":4}}");
        server.on("POST /api/queue/sweep/s-1/retry", "{\"jobs\":[{\"experiment_uid\":\"b\"}],\"total\":1}");

        ExperimentJob job = client.retryExperiment("a");

        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.position()).isEqualTo(4);
        assertThat(client.retrySweep("s-1"))
                .extracting(ExperimentJob::experimentUid)
                .containsExactly("b");
    }

    @Test
    void aWaitEndsWithTheJobOrTheTime() {
        String job = "{\"job\":{\"experiment_uid\":\"a\",\"status\":\"%s\"}}";
        server.on("GET /api/queue/experiment/a", job.formatted("queued"))
                .on("GET /api/queue/experiment/a", json(503, "{\"detail\":\"busy\"}"))
                .on("GET /api/queue/experiment/a", json(200, job.formatted("completed")));
        List<ExperimentStatus> seen = new ArrayList<>();

        assertThat(client.waitForExperiment("a", Duration.ofSeconds(30), each -> seen.add(each.status()))
                        .status())
                .isEqualTo(ExperimentStatus.COMPLETED);

        assertThat(seen).containsExactly(ExperimentStatus.QUEUED, ExperimentStatus.COMPLETED);
        server.on("GET /api/queue/experiment/b", "{\"job\":{\"experiment_uid\":\"b\",\"status\":\"running\"}}");
        assertThatThrownBy(() -> client.waitForExperiment("b", Duration.ofMillis(50)))
                .isInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void aConfigurationIsCheckedWithoutBeingRun() {
        server.on(
                "POST /api/configs/validate",
                "{\"data\":{\"valid\":false,\"errors\":[{\"path\":\"a.b\",\"line\":3,\"message\":\"unknown\"}],"
                        + "\"warnings\":[],\"count\":4,\"runs\":[{\"lr\":0.1}]}}");

        ConfigCheck check = client.validateConfig("a: 1\n", "w1");

        assertThat(check.valid()).isFalse();
        assertThat(check.errors()).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("a.b");
            assertThat(error.line()).isEqualTo(3);
        });
        assertThat(check.count()).isEqualTo(4);
        assertThat(check.runs()).containsExactly(Map.of("lr", 0.1));
        assertThat(server.requests.get(0).body()).contains("\"validate_on\":\"w1\"", "\"config\":\"a: 1\\n\"");
    }

    @Test
    void aConfigurationWhoseReplyWasLostIsReadBack() {
        server.on("POST /api/configs/create", LOST);
        server.on("GET /api/configs/a.yaml", "{\"data\":{\"path\":\"a.yaml\",\"content\":\"lr: 1\\n\"}}");

        assertThat(client.createConfig("a", "lr: 1\n").path()).isEqualTo("a.yaml");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void componentsAreComparedByWhatTheServerKnows() {
        String one = "2d06800538d394c2";
        String two = "b8e52214ff1f5c4f";
        String three = "fc16e68744fece0d";
        server.on(
                "GET /api/components/versions",
                "{\"data\":[{\"path\":\"loss/same.py\",\"active_hash\":\"" + one + "\"},{\"path\":\"loss/mine.py\","
                        + "\"active_hash\":\"" + one + "\"},{\"path\":\"loss/old.py\",\"active_hash\":\"" + one
                        + "\"},{\"path\":\"loss/theirs.py\",\"active_hash\":\"" + one + "\"}]}");
        server.on("GET /api/components/versions/loss/mine", "{\"data\":[{\"hash\":\"" + one + "\"}]}");
        server.on(
                "GET /api/components/versions/loss/old",
                "{\"data\":[{\"hash\":\"" + one + "\"},{\"hash\":\"" + two + "\"}]}");

        List<ComponentConflict> conflicts = client.compareComponents(
                Map.of("loss/same", one, "loss/mine.py", three, "loss/old", two, "loss/new", three));

        assertThat(conflicts)
                .extracting(each -> each.path() + " " + each.type() + " " + each.localHash())
                .containsExactlyInAnyOrder(
                        "loss/theirs.py server_only null",
                        "loss/mine.py local_newer " + three,
                        "loss/old.py server_newer " + two,
                        "loss/new.py local_only " + three);
    }

    @Test
    void conflictsAndNotificationsAreOfTheServer() {
        server.on(
                "GET /api/components/conflicts",
                "{\"data\":[{\"path\":\"loss/a.py\",\"type\":\"local_newer\",\"local_hash\":\"x\",\"server_hash\":\"y\"}]}");
        server.on("POST /api/components/conflicts/resolve", "{\"data\":{\"resolution\":\"use_server\"}}");
        server.on("GET /api/notifications?unread=true", "{\"data\":[{\"id\":\"n-1\",\"type\":\"sync_conflict\"}]}");
        server.on("POST /api/notifications/n-1", json(409, "{\"detail\":\"answered before\"}"));

        assertThat(client.listComponentConflicts())
                .extracting(ComponentConflict::type)
                .containsExactly(ConflictType.LOCAL_NEWER);
        assertThat(client.resolveComponentConflict("loss/a", ConflictResolution.USE_SERVER)
                        .resolution())
                .isEqualTo(ConflictResolution.USE_SERVER);
        assertThat(client.listNotifications(true))
                .extracting(ExperimentNotification::type)
                .containsExactly(NotificationType.SYNC_CONFLICT);
        assertThatThrownBy(() -> client.answerNotification("n-1", "skip")).isInstanceOf(ConflictException.class);
        assertThat(server.requests.get(1).body()).contains("\"path\":\"loss/a.py\"", "\"resolution\":\"use_server\"");
    }

    @Test
    void aVersionIsReadByItsHash() {
        server.on(
                "GET /api/components/versions/hash/2d06800538d394c2",
                "{\"data\":[{\"hash\":\"2d06800538d394c2\",\"content\":\"\"}]}");
        server.on("POST /api/components/versions/activate", "{\"data\":{\"is_active\":true}}");

        assertThat(client.getComponentVersion("2d06800538d394c2").content()).isEmpty();
        assertThat(client.activateComponent("loss/a", "2d06800538d394c2").isActive())
                .isTrue();
        assertThat(server.requests.get(1).body()).contains("\"path\":\"loss/a.py\"");
    }

    @Test
    void theTokenIsSentAndTheQuestionWhatTheServerIsMayBeRefused() throws IOException {
        try (ExperimentClient known =
                server.builder().experimentsToken(" secret-key ").build()) {
            server.on("GET /api/devices", "{\"data\":[]}");
            known.listDevices();
            assertThat(server.requests.get(0).whole().getHeaders().get("Authorization"))
                    .isEqualTo("Bearer secret-key");
        }
        try (ScriptedExperiments locked = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient stranger = locked.client()) {
            locked.on("GET /api/", json(401, "{\"detail\":\"Missing Authorization header\"}"));
            assertThatThrownBy(stranger::listDevices)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("Missing Authorization header");
            assertThat(locked.asked).containsExactly("GET /api/");
        }
    }

    @Test
    void aServerThatCouldNotBeAskedIsAskedAgainByTheNextCall() throws IOException {
        try (ScriptedExperiments late = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient patient = late.client()) {
            late.on("GET /api/", json(500, "{\"detail\":\"starting\"}")).on("GET /api/", ScriptedExperiments.SYNAPSE);
            late.on("GET /api/devices", "{\"data\":[{\"host_id\":\"w1\",\"gpu_count\":2.0}]}");

            assertThatThrownBy(patient::listDevices).isInstanceOf(ServerException.class);
            assertThat(patient.listDevices()).extracting(Device::gpuCount).containsExactly(2);
            assertThat(patient.listDevices()).hasSize(1);
            assertThat(late.asked).containsExactly("GET /api/", "GET /api/", "GET /api/devices", "GET /api/devices");
        }
    }

    @Test
    void theServerOfTheEnvironmentHasItsAddressAndToken() {
        assertThatThrownBy(() -> ExperimentEnvironment.applyTo(ExperimentClient.builder(), Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("SYNAPSE_EXPERIMENTS_URL");
        server.on("GET /api/devices", "{\"data\":[]}");
        try (ExperimentClient configured = ExperimentEnvironment.applyTo(
                        ExperimentClient.builder(),
                        Map.of("SYNAPSE_EXPERIMENTS_URL", server.url(), "SYNAPSE_EXPERIMENTS_TOKEN", "key"))
                .build()) {
            configured.async().sync().listDevices();
        }
        assertThat(server.requests.get(0).whole().getHeaders().get("Authorization"))
                .isEqualTo("Bearer key");
    }
}
