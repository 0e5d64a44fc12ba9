package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static io.synapse.sdk.experiment.ScriptedExperiments.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ServerException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the original does that its users must not meet (wire/experiments.md, section 0 and the tables). */
@Timeout(60)
class OriginalTrapsTest {
    private static final String JOB = "20261127_06b1";
    private static final String GET_JOB = "GET /api/queue/experiment/" + JOB;
    private static final String OK = "{\"data\":{\"message\":\"done\"},\"meta\":{}}";

    private ScriptedExperiments server;
    private ExperimentClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String job(String status) {
        return "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"status\":\"" + status + "\",\"metadata\":{}}}";
    }

    @Test
    void atMostEightRequestsAreInFlightAndAllAreAnswered() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        server.on("GET /api/devices", asked -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            waitFor(hold);
            inFlight.decrementAndGet();
            return json(200, "{\"data\":[]}");
        });
        client.getServer();
        ExperimentClient view = client.with(Resilience.NONE.bulkhead(100, 100));
        List<CompletableFuture<List<Device>>> calls = new ArrayList<>();
        for (int call = 0; call < 20; call++) {
            calls.add(client.async().listDevices());
            calls.add(view.async().listDevices());
        }
        await().until(() -> inFlight.get() == 8);
        RequestTimeoutException late = catchThrowableOfType(
                RequestTimeoutException.class,
                () -> client.withOptions(options -> options.callTimeout(Duration.ofMillis(100)))
                        .listDevices());
        assertThat(late).hasMessageContaining("8 calls in flight");

        hold.countDown();

        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(most.get()).isEqualTo(8);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerOfThisProjectGetsAsManyRequestsAsThereAre() throws IOException {
        AtomicInteger inFlight = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        try (ScriptedExperiments synapse = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient many = synapse.client()) {
            synapse.on("GET /api/devices", asked -> {
                inFlight.incrementAndGet();
                waitFor(hold);
                return json(200, "{\"data\":[]}");
            });
            List<CompletableFuture<List<Device>>> calls = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                calls.add(many.async().listDevices());
            }
            await().until(() -> inFlight.get() == 20);
            hold.countDown();
            assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(30)));
        }
    }

    @Test
    void aCancelThatAnswersWithAnErrorAlthoughItCancelledIsASuccess() {
        server.on(GET_JOB, job("assigned")).on(GET_JOB, job("cancelled"));
        server.on("POST /api/queue/job/" + JOB + "/cancel", json(500, "{\"detail\":\"no attribute 'remove'\"}"));

        client.cancelExperiment(JOB);

        assertThat(server.asked).containsExactly(GET_JOB, "POST /api/queue/job/" + JOB + "/cancel", GET_JOB);
    }

    @Test
    void aCancelThatDidNotCancelIsAFailure() {
        server.on(GET_JOB, job("assigned"));
        server.on("POST /api/queue/job/" + JOB + "/cancel", json(500, "{\"detail\":\"broken\"}"));

        assertThatThrownBy(() -> client.cancelExperiment(JOB))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void aJobThatHasEndedIsNotCancelledSinceThatWouldOverwriteHowItEnded() {
        server.on(GET_JOB, job("failed"));

        assertThatThrownBy(() -> client.cancelExperiment(JOB))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it is failed");
        assertThat(server.asked).containsExactly(GET_JOB);
    }

    @Test
    void anAnswerOfSuccessThatSaysItFailedIsAFailureWithThatStatus() {
        server.on(
                "GET /api/configs/x.yaml",
                "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"no such file\"}");

        NotFoundException failure = catchThrowableOfType(NotFoundException.class, () -> client.getConfig("x.yaml"));

        assertThat(failure).hasMessageContaining("answered 200").hasMessageContaining("no such file");
        assertThat(failure.statusCode()).isEqualTo(404);
    }

    @Test
    void aConnectionIsNotUsedAgainAfterABareError() {
        server.on("GET /api/devices", text(500, "Internal Server Error"))
                .on("GET /api/devices", json(200, "{\"data\":[]}"));

        assertThatThrownBy(client::listDevices).isInstanceOf(ServerException.class);
        assertThat(client.listDevices()).isEmpty();

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aSecondReportOfTheEndOfAJobDoesNotChangeHowItEnded() {
        server.on(GET_JOB, job("cancelled"));

        assertThatThrownBy(() -> client.completeJob(JobCompletion.succeeded(JOB)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("cancelled");
        assertThat(server.asked).containsExactly(GET_JOB);
    }

    @Test
    void theEndOfAnUnknownJobIsNotReported() {
        assertThatThrownBy(() -> client.completeJob(JobCompletion.succeeded("nope")))
                .isInstanceOf(NotFoundException.class);
        assertThat(server.asked).containsExactly("GET /api/queue/experiment/nope");
    }

    @Test
    void aReportWithoutJobsDoesNotMarkTheJobsOfItsHostAsCrashed() {
        server.on(
                "GET /api/queue/list",
                "{\"jobs\":[{\"experiment_uid\":\"a\",\"assigned_device\":\"w1\"},"
                        + "{\"experiment_uid\":\"b\",\"assigned_device\":\"w2\"}],\"total\":2}");
        server.on("POST /api/devices/heartbeat", "{\"data\":{\"host_id\":\"w1\"}}");

        client.sendHeartbeat(DeviceReport.of("w1"));

        assertThat(server.requests.get(1).body()).isEqualTo("{\"host_id\":\"w1\",\"active_jobs\":[\"a\"]}");
    }

    @Test
    void theConfigurationOfAJobThatHasNoneOfItsOwnIsTheStoredOne() {
        server.on(GET_JOB, "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"config_path\":\"config/a/b.yaml\"}}");
        server.on("GET /api/configs/a/b.yaml", "{\"data\":{\"content\":\"lr: 1\\n\"}}");

        assertThat(client.getJobConfig(JOB)).isEqualTo("lr: 1\n");
    }

    @Test
    void theSameTextUnderASecondPathIsSaidToBeAnotherComponent() {
        server.on(
                "POST /api/components/versions/upload",
                "{\"data\":{\"hash\":\"b8e52214ff1f5c4f\",\"path\":\"loss/rec_loss.py\"}}");

        assertThatThrownBy(() -> client.uploadComponent("loss/other", "x = 1\n", true))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("loss/rec_loss.py");
    }

    @Test
    void aVersionIsNotActivatedForAnotherComponentThanItsOwn() {
        server.on("GET /api/components/versions/loss/a", "{\"data\":[{\"hash\":\"b8e52214ff1f5c4f\"}]}");

        assertThatThrownBy(() -> client.activateComponent("loss/a", "2d06800538d394c2"))
                .isInstanceOf(NotFoundException.class);
        assertThat(server.asked).containsExactly("GET /api/components/versions/loss/a");
    }

    @Test
    void aVersionIsReadByComparingItWithItself() {
        server.on(
                "POST /api/components/versions/diff",
                "{\"data\":{\"from_content\":\"x\",\"to_content\":\"x\",\"path\":\"loss/a.py\"}}");

        ComponentVersion version = client.getComponentVersion("2d06800538d394c2");

        assertThat(version.content()).isEqualTo("x");
        assertThat(version.path()).isEqualTo("loss/a.py");
    }

    @Test
    void notesAndTagsSurviveAReindex() {
        server.on("GET /api/projects", "{\"data\":[{\"name\":\"demo\"},{\"name\":\"other\"}]}");
        server.on(
                "GET /api/projects/demo/experiments",
                "{\"data\":{\"experiments\":[{\"run_name\":\"a\",\"notes\":\"n\",\"tags\":[\"x\"]},{\"run_name\":\"b\"}]}}");
        server.on("GET /api/projects/other/experiments", "{\"data\":{\"experiments\":[]}}");
        server.on("POST /api/projects/reindex", OK);
        server.on("PATCH /api/runs/demo/a/notes", OK);
        server.on("PATCH /api/runs/demo/a/tags", OK);

        client.reindexProjects();

        assertThat(server.asked)
                .endsWith("POST /api/projects/reindex", "PATCH /api/runs/demo/a/notes", "PATCH /api/runs/demo/a/tags");
        assertThat(server.requests.get(4).body()).isEqualTo("{\"notes\":\"n\"}");
    }

    @Test
    void aRunNamedTagsIsFoundAmongThoseOfItsProject() {
        server.on(
                "GET /api/projects/demo/experiments",
                "{\"data\":{\"experiments\":[{\"run_name\":\"tags\",\"notes\":\"mine\"}]}}");

        assertThat(client.getRun("demo", "tags").notes()).isEqualTo("mine");
        assertThatThrownBy(() -> client.getRun("nope", "tags")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void selectedMetricsKeepTheirStepsAndEmptyCellsAndExtraCellsAreNoValues() throws IOException {
        String path = "GET /api/runs/demo/run_b/metrics";
        server.on(path, ExperimentRecording.of(path, 200).answer());
        String odd = "GET /api/runs/demo/col/metrics";
        server.on(odd, ExperimentRecording.of(odd, 200).answer());

        MetricTable table = client.getMetrics("demo", "run_b", List.of("val_acc"));

        assertThat(table.columns()).containsExactly("epoch", "val_acc");
        assertThat(table.rows()).containsExactly(Map.of("epoch", 1.0, "val_acc", 0.55), Map.of("epoch", 2.0));
        assertThat(table.curve("val_acc").steps()).containsExactly(1.0);
        assertThat(client.getMetrics("demo", "col").rows().get(1)).isEqualTo(Map.of("step", 2.0, "loss", 0.4));
    }

    @Test
    void runsThatAreComparedAreReadInOrder() throws IOException {
        String path = "GET /api/metrics/compare?run_names=run_a,run_b&projects=demo,demo&columns=val_acc";
        server.on("GET /api/metrics/compare", ExperimentRecording.of(path, 200).answer());

        List<RunMetrics> runs = client.compareMetrics(
                List.of(RunKey.of("demo", "run_a"), RunKey.of("demo", "run_b")), List.of("val_acc"));

        assertThat(runs).extracting(RunMetrics::runName).containsExactly("run_a", "run_b");
        assertThat(runs.get(1).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(runs.get(1).rows()).containsExactly(Map.of("val_acc", 0.55), Map.of());
        assertThat(server.asked.get(0).replace("%2C", ",")).isEqualTo(path);
    }

    @Test
    void longCurvesAreThinnedOutAndKeepTheirEndsAndPeaks() {
        StringBuilder rows = new StringBuilder();
        for (int step = 0; step < 1000; step++) {
            rows.append(step == 0 ? "" : ",")
                    .append("{\"step\":" + step + ".0,\"loss\":" + (step == 613 ? 99 : step % 3) + "}");
        }
        server.on(
                "GET /api/runs/demo/long/metrics",
                "{\"data\":{\"data\":[" + rows + "],\"columns\":[\"step\",\"loss\"]}}");

        List<MetricCurve> curves = client.getCurves(
                CurveQuery.of(List.of(RunKey.of("demo", "long"), RunKey.of("demo", "unknown")), List.of("loss", "none"))
                        .points(50)
                        .from(10));

        assertThat(curves).singleElement().satisfies(curve -> {
            assertThat(curve.run()).isEqualTo("long");
            assertThat(curve.steps())
                    .hasSize(50)
                    .startsWith(10.0)
                    .contains(613.0)
                    .endsWith(999.0)
                    .isSorted();
            assertThat(curve.values()).hasSize(50).contains(99.0);
            assertThat(curve.total()).isEqualTo(990);
        });
    }

    @Test
    void runsAreSortedByTheClient() {
        server.on(
                "GET /api/projects/demo/experiments",
                "{\"data\":{\"experiments\":[{\"run_name\":\"a\",\"min_metrics\":{\"loss\":2}},{\"run_name\":\"b\"},"
                        + "{\"run_name\":\"c\",\"min_metrics\":{\"loss\":3}}]}}");
        RunQuery byLoss = RunQuery.of("demo").sortBy("loss", MetricSummary.MIN);

        assertThat(client.listRuns(byLoss)).extracting(Run::runName).containsExactly("a", "c", "b");
        assertThat(client.listRuns(byLoss.descending()))
                .extracting(Run::runName)
                .containsExactly("c", "a", "b");
    }

    @Test
    void timesWithoutAZoneAreThoseOfTheServer() {
        server.on(
                GET_JOB,
                "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"created_at\":\"2026-11-27T20:24:23.018711\","
                        + "\"queued_at\":\"2026-11-27T20:24:23Z\"}}");

        ExperimentJob job = client.getExperimentJob(JOB);

        assertThat(job.createdAt()).isEqualTo(Instant.parse("2026-11-27T11:24:23.018711Z"));
        assertThat(job.queuedAt()).isEqualTo(Instant.parse("2026-11-27T20:24:23Z"));
    }

    @Test
    void whatTheOriginalCannotDoIsSaidBeforeAnythingIsSent() {
        for (Runnable call : List.<Runnable>of(
                () -> client.deleteRun("demo", "a"),
                () -> client.validateConfig("lr: 1\n"),
                () -> client.retryExperiment(JOB),
                () -> client.retrySweep("s-1"),
                () -> client.submitSweep(ExperimentSubmission.ofConfig("lr: [1, 2]\n")),
                () -> client.listNotifications(true),
                () -> client.answerNotification("n-1", "skip"),
                () -> client.listComponentConflicts(),
                () -> client.resolveComponentConflict("loss/a", ConflictResolution.SKIP))) {
            UnsupportedByServerException failure = catchThrowableOfType(UnsupportedByServerException.class, call::run);
            assertThat(failure.statusCode()).isEqualTo(501);
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
        }
        assertThat(server.asked).isEmpty();
    }

    @Test
    void whatTheOriginalWouldIgnoreOfASubmissionIsRefused() {
        ExperimentSubmission text = ExperimentSubmission.ofConfig("lr: 1\n");
        for (ExperimentSubmission submission : List.of(
                text.tags(List.of("t")),
                text.environmentVariable("A", "b"),
                text.metadata(Map.of("a", 1)),
                text.requirements(Map.of("gpu_count", 1)),
                text.maxRetries(1),
                text.retryOnFailure(),
                ExperimentSubmission.ofConfigPath("config/a.yaml").project("p").device("w1"),
                ExperimentSubmission.ofConfigPath("config/a.yaml"))) {
            assertThatThrownBy(() -> client.submitExperiment(submission)).isInstanceOf(BadRequestException.class);
        }
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aRunIsRepeatedByQueueingItsConfiguration() {
        server.on("GET /api/runs/demo/a/config", "{\"data\":{\"content\":\"lr: 3\\n\"}}");
        MockResponse queued = json(200, job("queued"));
        server.on("POST /api/queue/add", queued);

        assertThat(client.rerun("demo", "a").status()).isEqualTo(ExperimentStatus.QUEUED);

        assertThat(server.requests.get(1).body())
                .contains("\"config\":\"lr: 3\\n\"", "\"project\":\"demo\"", "\"name\":\"a-");
    }
}
