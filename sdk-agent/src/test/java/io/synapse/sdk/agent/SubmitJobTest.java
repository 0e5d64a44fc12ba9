package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submission makes one job, whatever happens to its reply. */
class SubmitJobTest {
    private static final JobSubmission TRAINING = JobSubmission.of("python train.py");
    private static final MockResponse LOST = new MockResponse.Builder()
            .onResponseStart(new SocketEffect.CloseSocket())
            .build();

    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(4)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ZERO))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aJobWhoseReplyWasLostIsFoundAgain(Operations kind) throws Exception {
        server.enqueue(LOST);
        server.enqueue(answer(200, "{\"status\":\"RUNNING\",\"entrypoint\":\"python train.py\"}"));

        Object id = kind.call(client, "submitJob", TRAINING);

        JsonNode sent =
                new ObjectMapper().readTree(server.takeRequest().getBody().utf8());
        assertThat(id).isEqualTo(sent.get("submission_id").textValue());
        assertThat(server.takeRequest().getTarget()).isEqualTo("/jobs/" + id + "/");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aSubmissionThatDidNotArriveIsSentAgainUnderTheSameId(Operations kind) throws Exception {
        server.enqueue(LOST);
        server.enqueue(answer(404, "{}"));
        server.enqueue(answer(200, "{}"));

        Object id = kind.call(client, "submitJob", TRAINING);

        String first = server.takeRequest().getBody().utf8();
        server.takeRequest();
        assertThat(server.takeRequest().getBody().utf8()).isEqualTo(first).contains(id.toString());
    }

    @Test
    void eachSubmissionIsAJobOfItsOwn() {
        server.enqueue(answer(200, "{}"));
        server.enqueue(answer(200, "{}"));

        assertThat(client.submitJob(TRAINING))
                .isNotEqualTo(client.submitJob(TRAINING))
                .matches("raysubmit_\\w{16}");
    }

    @Test
    void anotherJobOfTheSameIdIsAConflict() {
        server.enqueue(answer(409, "{\"detail\":\"Job with submission_id mine already exists\"}"));

        assertThatThrownBy(() -> client.submitJob(TRAINING.submissionId("mine")))
                .isInstanceOf(ConflictException.class);
    }

    /** A proxy may send a request twice: nobody else can have an id that was made for this call. */
    @Test
    void aConflictOverAnIdThatWasMadeForTheCallIsLookedUp() {
        server.enqueue(answer(409, "{\"detail\":\"already exists\"}"));
        server.enqueue(answer(200, "{\"status\":\"RUNNING\"}"));

        assertThat(client.submitJob(TRAINING)).startsWith("raysubmit_");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aReplyAboutAnotherJobIsNotBelieved() {
        server.enqueue(answer(200, "{\"submission_id\":\"another\"}"));

        assertThatThrownBy(() -> client.submitJob(TRAINING))
                .isInstanceOfSatisfying(
                        UnexpectedResponseException.class,
                        failure -> assertThat(failure.mayHaveBeenExecuted()).isTrue())
                .hasMessageContaining("another");
    }

    @Test
    void afterALostReplySomebodyElsesJobIsNotTakenForOurs() {
        server.enqueue(LOST);
        server.enqueue(answer(200, "{\"status\":\"RUNNING\",\"entrypoint\":\"something else\"}"));

        assertThatThrownBy(() -> client.submitJob(TRAINING.submissionId("mine")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("mine");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void anAgentThatTakesNoSubmissionsIsNamedAsSuch(int status) {
        server.enqueue(answer(status, "{}"));

        assertThatThrownBy(() -> client.submitJob(TRAINING))
                .hasMessage("this agent does not accept submissions: it answered " + status + " to POST jobs/");
    }

    @Test
    void everythingAskedForIsSentAndNothingElse() throws Exception {
        server.enqueue(answer(200, "{}"));

        client.submitJob(TRAINING.submissionId("mine")
                .environmentVariable("A", "1")
                .environmentVariable("B", "2")
                .workingDir("/data")
                .metadata(Map.of("team", "vision"))
                .entrypointNumCpus(2)
                .entrypointNumGpus(0.5)
                .entrypointMemory(1024)
                .entrypointResources(Map.of("special", 1.0))
                .entrypointLabelSelector(Map.of("zone", "a")));

        assertThat(new ObjectMapper().readTree(server.takeRequest().getBody().utf8()))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"entrypoint":"python train.py","submission_id":"mine",
                                 "runtime_env":{"env_vars":{"A":"1","B":"2"},"working_dir":"/data"},
                                 "metadata":{"team":"vision"},"entrypoint_num_cpus":2.0,"entrypoint_num_gpus":0.5,
                                 "entrypoint_memory":1024,"entrypoint_resources":{"special":1.0},
                                 "entrypoint_label_selector":{"zone":"a"}}"""));
    }

    @Test
    void whatCannotBeAJobIsRefusedWhenItIsSaid() {
        assertThatThrownBy(() -> JobSubmission.of(" ")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TRAINING.submissionId("a/b")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TRAINING.entrypointNumGpus(-1)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TRAINING.entrypointNumCpus(Double.NaN)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TRAINING.entrypointResources(Map.of("x", -1.0)))
                .isInstanceOf(BadRequestException.class);
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
