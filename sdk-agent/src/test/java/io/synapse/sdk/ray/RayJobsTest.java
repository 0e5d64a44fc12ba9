package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.job.JobType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a dashboard for a job, and what is made of its answers; all of them were heard from a real one. */
class RayJobsTest {
    private static final JobSubmission TRAINING = JobSubmission.of("python train.py");
    private static final String ACCEPTED = "{\"job_id\": \"mine\", \"submission_id\": \"mine\"}";
    private static final String LONG_AGO = "1795252146757";

    private final ScriptedDashboard dashboard = new ScriptedDashboard();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        client = RayClient.builder()
                .baseUrl(dashboard.start())
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(3)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ZERO))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        dashboard.close();
    }

    @Test
    void aSubmissionSaysAllThatWasAskedForAndNothingElse() throws Exception {
        dashboard.answer(200, ACCEPTED);

        String id = client.submitJob(TRAINING.submissionId("mine")
                .runtimeEnv(Map.of("pip", List.of("emoji")))
                .environmentVariable("A", "1")
                .metadata(Map.of("team", "vision"))
                .entrypointNumCpus(0.5)
                .entrypointNumGpus(1)
                .entrypointMemory(1024)
                .entrypointResources(Map.of("special", 1.0))
                .entrypointLabelSelector(Map.of("zone", "!in(a,b)")));

        assertThat(id).isEqualTo("mine");
        assertThat(dashboard.requests()).singleElement().asString().isEqualTo("POST /api/jobs/");
        assertThat(json(dashboard.body(0))).isEqualTo(json("""
                {"entrypoint": "python train.py", "submission_id": "mine",
                 "runtime_env": {"pip": ["emoji"], "env_vars": {"A": "1"}}, "metadata": {"team": "vision"},
                 "entrypoint_num_cpus": 0.5, "entrypoint_num_gpus": 1.0, "entrypoint_memory": 1024,
                 "entrypoint_resources": {"special": 1.0}, "entrypoint_label_selector": {"zone": "!in(a,b)"}}"""));
    }

    @Test
    void aPlainSubmissionHasAnIdAllTheSame() throws Exception {
        dashboard.answer(200, "{}").answer(200, "{}");

        String first = client.submitJob(TRAINING);
        String second = client.submitJob(TRAINING);

        assertThat(first).matches("raysubmit_\\w{16}").isNotEqualTo(second);
        assertThat(json(dashboard.body(0)))
                .isEqualTo(json("{\"entrypoint\": \"python train.py\", \"submission_id\": \"" + first + "\"}"));
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aJobWhoseReplyWasLostIsNotSubmittedAgain(Operations kind) {
        dashboard.loseReply().answer(200, job("mine", "PENDING", "null"));

        assertThat(kind.call(client, "submitJob", TRAINING.submissionId("mine")))
                .isEqualTo("mine");

        assertThat(dashboard.requests()).containsExactly("POST /api/jobs/", "GET /api/jobs/mine");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aSubmissionThatDidNotArriveIsSentAgain(Operations kind) throws Exception {
        dashboard.loseReply().answer(404, "Job mine does not exist").answer(200, ACCEPTED);

        kind.call(client, "submitJob", TRAINING.submissionId("mine"));

        assertThat(dashboard.requests()).containsExactly("POST /api/jobs/", "GET /api/jobs/mine", "POST /api/jobs/");
        assertThat(json(dashboard.body(2))).isEqualTo(json(dashboard.body(0)));
    }

    @Test
    void aSubmissionThatNoAgentTookIsSentAgain() {
        dashboard
                .answer(500, "No available agent to submit job, please try again later.")
                .answer(404, "Job mine does not exist")
                .answer(200, ACCEPTED);

        assertThat(client.submitJob(TRAINING.submissionId("mine"))).isEqualTo("mine");
    }

    @Test
    void whoSubmitsAnIdAgainIsToldEvenIfItIsTheSameCommand() {
        dashboard.answer(500, ScriptedDashboard.recorded("duplicate-id"));

        assertThatThrownBy(() -> client.submitJob(TRAINING.submissionId("train-7")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Job with submission_id train-7 already exists");
        assertThat(dashboard.requests()).hasSize(1);
    }

    @Test
    void afterALostReplySomebodyElsesJobIsNotTakenForOurs() {
        dashboard.loseReply().answer(200, job("mine", "RUNNING", "null").replace("train.py", "other.py"));

        assertThatThrownBy(() -> client.submitJob(TRAINING.submissionId("mine")))
                .isInstanceOf(ConflictException.class);
        assertThat(dashboard.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b", "", " ", ".", "..", "a\nb", "a\u0000", "a?b", "a#b", "50%", "%3F", "{a}", "a\\b", "a\u0085",
                "a\u2028"
            })
    void anIdThatRayCannotHaveIsRefusedBeforeAnythingIsSent(String id) {
        assertThatThrownBy(() -> TRAINING.submissionId(id)).isInstanceOf(BadRequestException.class);
        for (String operation : List.of("getJob", "getJobLogs", "stopJob", "deleteJob")) {
            for (Operations kind : Operations.values()) {
                assertThatThrownBy(() -> kind.call(client, operation, id)).isInstanceOf(BadRequestException.class);
            }
        }
        assertThat(dashboard.requests()).isEmpty();
    }

    @Test
    void anIdOfTheFormOfADriversIsNotSubmitted() {
        assertThatThrownBy(() -> client.submitJob(TRAINING.submissionId("02000000")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("eight hexadecimal digits");
        assertThat(dashboard.requests()).isEmpty();
    }

    @Test
    void anIdThatOnlyRayCanHaveIsEncoded() {
        dashboard
                .answer(200, "{}")
                .answer(200, job("my.job 1é+;@", "RUNNING", "null"))
                .answer(200, "{\"stopped\": true}")
                .answer(200, job("my.job 1é+;@", "STOPPED", LONG_AGO));

        String id = client.submitJob(TRAINING.submissionId("my.job 1é+;@"));
        client.getJob(id);
        client.stopJob(id);

        assertThat(dashboard.requests())
                .containsExactly(
                        "POST /api/jobs/",
                        "GET /api/jobs/my.job%201%C3%A9+;@",
                        "POST /api/jobs/my.job%201%C3%A9+;@/stop",
                        "GET /api/jobs/my.job%201%C3%A9+;@");
    }

    @Test
    void aJobIsWhatTheClusterSaysOfIt() {
        dashboard.answer(200, "[" + job("mine", "RUNNING", "null") + ", " + driver() + "]");

        List<Job> jobs = client.listJobs();

        assertThat(jobs).extracting(Job::id).containsExactly("mine", "02000000");
        assertThat(jobs).extracting(Job::type).containsExactly(JobType.SUBMISSION, JobType.DRIVER);
        assertThat(jobs.get(0).startTime()).isEqualTo(Instant.ofEpochMilli(1795252142840L));
        assertThat(jobs.get(0).endTime()).isNull();
        assertThat(jobs.get(0).metadata()).isEmpty();
        assertThat(jobs.get(0).additionalProperties()).isEmpty();
        assertThat(jobs.get(1).driverInfo()).isNotNull();
    }

    @Test
    void aJobThatIsStoppedIsNotPendingAnyMore() {
        dashboard.answer(200, "{\"stopped\": true}").answer(200, job("mine", "RUNNING", "null"));

        assertThatCode(() -> client.stopJob("mine")).doesNotThrowAnyException();

        assertThat(dashboard.requests()).containsExactly("POST /api/jobs/mine/stop", "GET /api/jobs/mine");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aPendingJobIsSaidNotToBeStopped(Operations kind) {
        dashboard.answer(200, "{\"stopped\": true}").answerFromNowOn(200, job("mine", "PENDING", "null"));

        assertThatThrownBy(() -> kind.call(client, "stopJob", "mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("job mine is still pending, and Ray cannot stop a job before it begins: it stays pending,"
                        + " and is stopped just after its entrypoint was started");
    }

    @Test
    void aJobThatWasAboutToBeginIsStopped() {
        dashboard
                .answer(200, "{\"stopped\": true}")
                .answer(200, job("mine", "PENDING", "null"))
                .answer(200, job("mine", "STOPPED", LONG_AGO));

        assertThatCode(() -> client.stopJob("mine")).doesNotThrowAnyException();
    }

    @Test
    void aJobThatIsOverCannotBeStopped() {
        dashboard.answer(200, "{\"stopped\": false}").answer(200, job("mine", "STOPPED", LONG_AGO));

        assertThatThrownBy(() -> client.stopJob("mine"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("job mine is over already: STOPPED");
    }

    @Test
    void aJobThatNobodyLooksAfterIsNotCalledOver() {
        dashboard.answer(200, "{\"stopped\": false}").answer(200, job("mine", "RUNNING", "null"));

        assertThatThrownBy(() -> client.stopJob("mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("job mine is RUNNING, but Ray finds nothing there that it could stop");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aStopWhoseReplyWasLostIsSentAgain(Operations kind) {
        dashboard.loseReply().answer(200, "{\"stopped\": true}").answer(200, job("mine", "RUNNING", "null"));

        kind.call(client, "stopJob", "mine");

        assertThat(dashboard.requests())
                .containsExactly("POST /api/jobs/mine/stop", "POST /api/jobs/mine/stop", "GET /api/jobs/mine");
    }

    @Test
    void aStopWhoseLostReplyWasYesHasStoppedTheJob() {
        dashboard.loseReply().answer(200, "{\"stopped\": false}").answer(200, job("mine", "STOPPED", LONG_AGO));
        assertThatCode(() -> client.stopJob("mine")).doesNotThrowAnyException();

        dashboard.loseReply().answer(200, "{\"stopped\": false}").answer(200, job("mine", "SUCCEEDED", LONG_AGO));
        assertThatThrownBy(() -> client.stopJob("mine")).isInstanceOf(BadRequestException.class);
    }

    @Test
    void aJobThatEndedLongAgoIsDeletedAtOnce() {
        dashboard.answer(200, job("mine", "FAILED", LONG_AGO)).answer(200, "{\"deleted\": true}");

        client.deleteJob("mine");

        assertThat(dashboard.requests()).containsExactly("GET /api/jobs/mine", "DELETE /api/jobs/mine");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aJobThatEndedJustNowIsDeletedOnceItHasSettled(Operations kind) {
        long begin = System.nanoTime();
        String over = job("mine", "SUCCEEDED", Long.toString(System.currentTimeMillis()));
        dashboard.answerTo("GET", 200, over).answerTo("DELETE", 200, "{\"deleted\": true}");

        kind.call(client, "deleteJob", "mine");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(2500), Duration.ofSeconds(10));
        assertThat(dashboard.requests())
                .endsWith("GET /api/jobs/mine", "DELETE /api/jobs/mine")
                .containsOnlyOnce("DELETE /api/jobs/mine");
    }

    @Test
    void aJobThatIsNotOverIsNotDeleted() {
        dashboard.answer(200, job("mine", "RUNNING", "null"));

        assertThatThrownBy(() -> client.deleteJob("mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("job mine is not over but RUNNING: stop it first");
        assertThat(dashboard.requests()).hasSize(1);
    }

    @Test
    void aDeletionWhoseReplyWasLostIsDone() {
        dashboard.answer(200, job("mine", "FAILED", LONG_AGO)).loseReply().answer(404, "Job mine does not exist");

        assertThatCode(() -> client.deleteJob("mine")).doesNotThrowAnyException();
    }

    @Test
    void aWholeLogIsTheFileOnTheNodeThatRanTheJob() {
        dashboard.answer(200, job("mine", "RUNNING", "null")).answer(200, "10%\r20%\r\n\uD83D\uDE00 end");

        assertThat(client.getJobLogs("mine")).isEqualTo("10%\r20%\r\n\uD83D\uDE00 end");

        assertThat(dashboard.requests())
                .containsExactly(
                        "GET /api/jobs/mine",
                        "GET /api/v0/logs/file?node_id=n1&filename=job-driver-mine.log&lines=-1&format=text"
                                + "&timeout=604800");
    }

    @Test
    void aJobThatHasNotBegunHasNoLogYet() {
        dashboard.answer(200, job("mine", "PENDING", "null").replace("\"n1\"", "null"));

        assertThat(client.getJobLogs("mine")).isEmpty();
    }

    @Test
    void whyAJobNeverBeganIsToldOnTheHead() {
        String failed = job("mine", "FAILED", LONG_AGO).replace("\"n1\"", "null");
        dashboard
                .answer(200, failed)
                .answer(200, nodes("{\"node_id\": \"head\"}"))
                .answer(200, "runtime_env setup failed");
        assertThat(client.getJobLogs("mine")).isEqualTo("runtime_env setup failed");
        assertThat(dashboard.requests().get(2)).startsWith("GET /api/v0/logs/file?node_id=head&");

        dashboard
                .answer(200, failed)
                .answer(200, nodes("{\"node_id\": \"head\"}"))
                .answer(500, "A file is not found at: /logs/job-driver-mine.log");
        assertThat(client.getJobLogs("mine")).isEmpty();

        dashboard.answer(200, failed).answer(200, nodes(""));
        assertThat(client.getJobLogs("mine")).isEmpty();
    }

    @Test
    void aLogThatIsGoneIsNotAnEmptyOne() {
        String gone = "A file is not found at: /logs/job-driver-mine.log";
        dashboard.answer(200, job("mine", "RUNNING", "null")).answer(500, gone);
        assertThat(client.getJobLogs("mine")).isEmpty();

        dashboard.answer(200, job("mine", "FAILED", LONG_AGO)).answer(500, gone);
        assertThatThrownBy(() -> client.getJobLogs("mine"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith(gone);
    }

    @Test
    void aDriverThatWasNotSubmittedHasNoLog() {
        dashboard.answer(200, driver());

        assertThatThrownBy(() -> client.getJobLogs("02000000"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("job 02000000 was not submitted: nothing keeps a log of it");
    }

    private static String job(String id, String status, String endTime) {
        return """
                {"type": "SUBMISSION", "job_id": null, "submission_id": "%s", "driver_info": null, "status": "%s",
                 "entrypoint": "python train.py", "message": "", "error_type": null, "start_time": 1795252142840,
                 "end_time": %s, "metadata": null, "runtime_env": null,
                 "driver_agent_http_address": "http://192.0.2.2:52365", "driver_node_id": "n1",
                 "driver_exit_code": null}""".formatted(id, status, endTime);
    }

    private static String driver() {
        return """
                {"type": "DRIVER", "job_id": "02000000", "submission_id": null,
                 "driver_info": {"id": "02000000", "node_ip_address": "192.0.2.2", "pid": "4711"},
                 "status": "RUNNING", "entrypoint": "", "message": null, "error_type": null,
                 "start_time": 1795252142840, "end_time": 0, "metadata": {}, "runtime_env": {},
                 "driver_agent_http_address": null, "driver_node_id": null, "driver_exit_code": null}""";
    }

    private static String nodes(String list) {
        return "{\"result\": true, \"msg\": \"\", \"data\": {\"result\": {\"total\": 1, \"result\": [" + list + "]}}}";
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }
}
