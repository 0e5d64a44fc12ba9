package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Caller.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No more jobs run at once than the policy allows; the others wait in the order of their submission. */
class QueueTest {
    @TempDir
    private Path directory;

    private EmbeddedAgent agent;
    private Caller caller;

    @BeforeEach
    void start() {
        agent = EmbeddedAgent.builder().dataDirectory(directory.resolve("data")).start();
        caller = Caller.of(agent);
    }

    @AfterEach
    void close() {
        caller.get("jobs/")
                .json()
                .forEach(job -> caller.post("jobs/" + job.path("job_id").asText() + "/stop/", ""));
        caller.get("jobs/")
                .json()
                .forEach(job -> caller.awaitEnd(job.path("job_id").asText()));
        agent.close();
    }

    @Test
    void threeRunAtOnceAndTheOthersFollowInOrder() {
        List<String> ids = submitWaiters(5);
        caller.awaitStatus(ids.get(2), "RUNNING");
        assertThat(statuses(ids)).containsExactly("RUNNING", "RUNNING", "RUNNING", "PENDING", "PENDING");
        assertThat(caller.job(ids.get(3)).path("message").asText())
                .isEqualTo("Job has not started yet: it waits for its turn, since 3 run and 3 may at once"
                        + " (max_concurrent_jobs).");

        caller.post("jobs/" + ids.get(1) + "/stop/", "");

        caller.awaitStatus(ids.get(3), "RUNNING");
        assertThat(caller.status(ids.get(4))).isEqualTo("PENDING");
    }

    @Test
    void oneAtATimeRunInTheOrderOfTheirSubmission() {
        setMaximum(1);
        Path order = directory.resolve("order");
        List<String> ids = IntStream.range(0, 6)
                .mapToObj(i -> caller.submit("echo " + i + " >> " + order + "; sleep 0.02"))
                .toList();
        caller.awaitEnd(ids.get(5));

        assertThat(order).hasContent("0\n1\n2\n3\n4\n5\n");
    }

    @Test
    void aChangedPolicyTakesEffectAtOnceAndSurvivesARestart() {
        setMaximum(1);
        List<String> ids = submitWaiters(3);
        caller.awaitStatus(ids.get(0), "RUNNING");
        assertThat(statuses(ids)).containsExactly("RUNNING", "PENDING", "PENDING");

        agent.close();
        agent = EmbeddedAgent.builder().dataDirectory(directory.resolve("data")).start();
        caller = Caller.of(agent);

        assertThat(caller.get("resources/policy/")
                        .json()
                        .path("max_concurrent_jobs")
                        .asInt())
                .isEqualTo(1);
        assertThat(statuses(ids)).containsExactly("RUNNING", "PENDING", "PENDING");
        setMaximum(0);
        await().until(() -> statuses(ids), List.of("RUNNING", "RUNNING", "RUNNING")::equals);
    }

    @Test
    void thePolicyHasTheDocumentedFieldsAndTakesSomeOfThem() {
        JsonNode defaults = Caller.json("""
                {"max_concurrent_jobs":3,"max_concurrent_serve_replicas":16,"gatekeeping_enabled":false,
                 "cpu_max_utilization_percent":90.0,"memory_max_utilization_percent":90.0,
                 "gpu_max_utilization_percent":90.0,"gpu_max_memory_percent":90.0,"max_concurrent_ray_jobs":0,
                 "resource_cache_ttl_seconds":5.0}""");
        assertThat(caller.get("resources/policy/").json()).isEqualTo(defaults);

        Answer answer = caller.send(
                "PATCH", "resources/policy/", "{\"cpu_max_utilization_percent\":85.5,\"gatekeeping_enabled\":true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("cpu_max_utilization_percent").asDouble()).isEqualTo(85.5);
        assertThat(answer.json().path("gatekeeping_enabled").asBoolean()).isTrue();
        assertThat(answer.json().path("max_concurrent_jobs").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"max_concurrent_jobs\":-1}",
                "{\"max_concurrent_jobs\":1.5}",
                "{\"max_concurrent_jobs\":\"3\"}",
                "{\"max_concurrent_jobs\":null}",
                "{\"gatekeeping_enabled\":1}",
                "{\"gpu_max_memory_percent\":101}",
                "{\"resource_cache_ttl_seconds\":-0.5}",
                "{\"max_jobs\":1}",
                "[]",
                "3"
            })
    void aPolicyThatMakesNoSenseIsRefusedWhole(String change) {
        String with = change.startsWith("{") ? "{\"max_concurrent_ray_jobs\":9," + change.substring(1) : change;
        JsonNode before = caller.get("resources/policy/").json();

        assertThat(caller.send("PATCH", "resources/policy/", with).status()).isEqualTo(400);

        assertThat(caller.get("resources/policy/").json()).isEqualTo(before);
    }

    private List<String> submitWaiters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> caller.submit("sleep 60"))
                .toList();
    }

    private List<String> statuses(List<String> ids) {
        return ids.stream().map(caller::status).toList();
    }

    private void setMaximum(int jobs) {
        assertThat(caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":" + jobs + "}")
                        .status())
                .isEqualTo(200);
    }
}
