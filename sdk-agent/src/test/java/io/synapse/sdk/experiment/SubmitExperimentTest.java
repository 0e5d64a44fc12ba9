package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.LOST;
import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.experiment.ScriptedExperiments.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submission makes one job, whatever happens to its reply. */
@Timeout(60)
class SubmitExperimentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADD = "POST /api/queue/add";
    private static final ExperimentSubmission TRAINING =
            ExperimentSubmission.ofConfig("project: demo\nlr: 0.1\n").name("baseline");

    /** The jobs of the original, as the bodies that made them. */
    private final List<JsonNode> jobs = new ArrayList<>();

    /** Queues a job and answers as is said. */
    private Function<Asked, MockResponse> queue(MockResponse answer) {
        return asked -> {
            jobs.add(read(asked.body()));
            return answer;
        };
    }

    private MockResponse queuedJob(Asked asked) {
        jobs.add(read(asked.body()));
        return json(200, "{\"job\":" + job(jobs.size() - 1) + "}");
    }

    private String job(int index) {
        return "{\"experiment_uid\":\"uid_" + index + "\",\"status\":\"queued\",\"name\":"
                + jobs.get(index).get("name") + "}";
    }

    private MockResponse list(Asked asked) {
        List<String> all = new ArrayList<>();
        for (int index = jobs.size() - 1; index >= 0; index--) {
            all.add(job(index));
        }
        return json(200, "{\"jobs\":[" + String.join(",", all) + "],\"total\":" + all.size() + "}");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ScriptedExperiments original() throws IOException {
        return new ScriptedExperiments(ScriptedExperiments.ORIGINAL).on("GET /api/queue/list", this::list);
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void theOriginalsErrorAfterItHasQueuedAJobIsASuccess(Operations kind) throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(ADD, queue(json(500, "{\"detail\":\"Object of type datetime is not JSON serializable\"}")));

            ExperimentJob job = (ExperimentJob) kind.call(client, "submitExperiment", TRAINING);

            assertThat(job.experimentUid()).isEqualTo("uid_0");
            assertThat(jobs).hasSize(1);
            assertThat(job.name()).startsWith("baseline-").hasSize(9 + 16);
        }
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aJobOfTheOriginalWhoseReplyWasLostIsFoundAgain(Operations kind) throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(ADD, queue(LOST));

            ExperimentJob job = (ExperimentJob) kind.call(client, "submitExperiment", TRAINING);

            assertThat(job.experimentUid()).isEqualTo("uid_0");
            assertThat(jobs).hasSize(1);
            assertThat(server.asked).containsExactly(ADD, "GET /api/queue/list?limit=1000&offset=0");
        }
    }

    @Test
    void aSubmissionThatDidNotArriveAtTheOriginalIsSentAgainAfterLooking() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(ADD, LOST).on(ADD, this::queuedJob);

            assertThat(client.submitExperiment(TRAINING).experimentUid()).isEqualTo("uid_0");

            assertThat(jobs).hasSize(1);
            assertThat(server.asked)
                    .startsWith(ADD, "GET /api/queue/list?limit=1000&offset=0")
                    .endsWith(ADD)
                    .hasSize(5);
            assertThat(read(server.requests.get(0).body()))
                    .isEqualTo(read(server.requests.get(4).body()));
        }
    }

    @Test
    void aJobThatTheOriginalQueuesAMomentAfterTheCutIsFoundByALaterLook() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            List<JsonNode> late = new ArrayList<>();
            server.on(ADD, asked -> {
                late.add(read(asked.body()));
                return LOST;
            });
            server.on("GET /api/queue/list", "{\"jobs\":[],\"total\":0}");
            server.on("GET /api/queue/list", asked -> {
                jobs.addAll(late);
                late.clear();
                return list(asked);
            });

            assertThat(client.submitExperiment(TRAINING).experimentUid()).isEqualTo("uid_0");
            assertThat(jobs).hasSize(1);
        }
    }

    @Test
    void whereTheLookFailsTooNothingIsSentAgain() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            server.on(ADD, queue(LOST)).on("GET /api/queue/list", json(500, "{\"detail\":\"broken\"}"));

            assertThatThrownBy(() -> client.submitExperiment(TRAINING))
                    .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
            assertThat(server.asked).filteredOn(ADD::equals).hasSize(1);
        }
    }

    @Test
    void anErrorOfTheOriginalThatQueuedNothingIsAFailure() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(ADD, json(500, "{\"detail\":\"Failed to add job\"}"));

            assertThatThrownBy(() -> client.submitExperiment(TRAINING))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("Failed to add job");
            assertThat(server.asked).filteredOn(ADD::equals).hasSize(1);
        }
    }

    @Test
    void theSameKeyFindsTheFirstJobOfTheOriginalInAnotherRunOfTheProgram() throws IOException {
        try (ScriptedExperiments server = original()) {
            server.on(ADD, this::queuedJob);
            for (int run = 0; run < 3; run++) {
                try (ExperimentClient client = server.client()) {
                    assertThat(client.submitExperiment(TRAINING.idempotencyKey("nightly-7"))
                                    .experimentUid())
                            .isEqualTo("uid_0");
                }
            }
            assertThat(jobs).hasSize(1);
        }
    }

    @Test
    void twoSubmissionsOfTheSameAreTwoJobsWithNamesOfTheirOwn() throws IOException {
        try (ScriptedExperiments server = original();
                ExperimentClient client = server.client()) {
            server.on(ADD, this::queuedJob);

            client.submitExperiment(TRAINING);
            client.submitExperiment(TRAINING);
            client.submitExperiment(ExperimentSubmission.ofConfig("lr: 1\n").name("n".repeat(100)));

            assertThat(jobs).extracting(job -> job.get("name").textValue()).doesNotHaveDuplicates();
            assertThat(jobs.get(2).get("name").textValue()).hasSize(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aServerOfThisProjectGetsTheSameKeyUntilItAnswers(Operations kind) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            server.on(ADD, LOST).on(ADD, LOST).on(ADD, json(200, "{\"job\":{\"experiment_uid\":\"a\"}}"));

            ExperimentJob job = (ExperimentJob) kind.call(client, "submitExperiment", TRAINING);

            assertThat(job.experimentUid()).isEqualTo("a");
            assertThat(server.asked).containsExactly(ADD, ADD, ADD);
            assertThat(server.requests)
                    .extracting(asked -> asked.whole().getHeaders().get("Idempotency-Key"))
                    .allSatisfy(key -> assertThat(key).matches("[0-9a-f]{32}"))
                    .containsOnly(server.requests.get(0).whole().getHeaders().get("Idempotency-Key"));
            assertThat(server.requests)
                    .extracting(Asked::body)
                    .containsOnly(server.requests.get(0).body());
        }
    }

    @Test
    void aKeyThatWasUsedForAnotherSubmissionIsAConflict() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            server.on(ADD, json(409, "{\"detail\":\"the key was used with another body\"}"));

            assertThatThrownBy(() -> client.submitExperiment(TRAINING.idempotencyKey("k")))
                    .isInstanceOf(ConflictException.class);
            assertThat(server.requests.get(0).whole().getHeaders().get("Idempotency-Key"))
                    .isEqualTo("k");
        }
    }

    @Test
    void aSweepIsOneRequestWithAllItsJobs() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            server.on(ADD, LOST)
                    .on(
                            ADD,
                            json(
                                    200,
                                    "{\"job\":{},\"sweep_id\":\"s\",\"total\":2,\"jobs\":[{\"grid\":{\"lr\":0.1}},"
                                            + "{\"grid\":{\"lr\":0.2}}]}"));

            Sweep sweep = client.submitSweep(ExperimentSubmission.ofConfig("lr: [0.1, 0.2]\n"));

            assertThat(sweep.sweepId()).isEqualTo("s");
            assertThat(sweep.jobs()).extracting(job -> job.grid().get("lr")).containsExactly(0.1, 0.2);
            assertThat(read(server.requests.get(1).body()).get("expand").booleanValue())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "project: ../esc\n",
                "lr: 1\nproject: a/b # mine\n",
                "project: '../x'\n",
                "project: \"a..b\"\r\n",
                "\"project\": /etc\n"
            })
    void aConfigurationThatWouldWriteElsewhereIsRefused(String yaml) {
        assertThatThrownBy(() -> ExperimentSubmission.ofConfig(yaml)).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project: demo\n",
                "project: [a, b]\n",
                "model:\n  project: ../inner\n",
                "project: my project # ../no\n",
                "project: 'x.y-z'\r\nlr: 1\r\n",
                "lr: 1\n"
            })
    void otherConfigurationsAreLeftToTheServer(String yaml) {
        assertThat(ExperimentSubmission.ofConfig(yaml).config()).isEqualTo(yaml);
    }
}
