package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Caller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job from its submission to its deletion. */
class JobLifecycleTest {
    private static EmbeddedAgent agent;
    private static Caller caller;

    @BeforeAll
    static void start() {
        agent = EmbeddedAgent.start();
        caller = Caller.of(agent);
        assertThat(caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":0}")
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @Test
    void aJobRunsToItsEndAndSaysAllThatRaysDetailsSay() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        String id = caller.submit(Map.of(
                "entrypoint", "echo hello; echo there >&2",
                "metadata", Map.of("team", "a"),
                "runtime_env", Map.of("env_vars", Map.of("A", "1"))));

        JsonNode job = caller.awaitEnd(id);

        List<String> keys = new ArrayList<>();
        job.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "type",
                        "job_id",
                        "submission_id",
                        "driver_info",
                        "status",
                        "entrypoint",
                        "message",
                        "error_type",
                        "start_time",
                        "end_time",
                        "metadata",
                        "runtime_env",
                        "driver_agent_http_address",
                        "driver_node_id",
                        "driver_exit_code");
        assertThat(id).matches("raysubmit_[A-Za-z0-9]{16}");
        assertThat(job.path("type").asText()).isEqualTo("SUBMISSION");
        assertThat(job.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(job.path("job_id").asText()).isEqualTo(id);
        assertThat(job.path("driver_exit_code").asInt(-1)).isZero();
        assertThat(job.path("driver_info").path("pid").isTextual()).isTrue();
        assertThat(job.path("driver_node_id").asText()).matches("[0-9a-f]{56}");
        assertThat(job.path("metadata").path("team").asText()).isEqualTo("a");
        assertThat(job.path("runtime_env").path("env_vars").path("A").asText()).isEqualTo("1");
        assertThat(job.path("error_type").isNull()).isTrue();
        assertThat(Instant.ofEpochMilli(job.path("start_time").asLong())).isAfterOrEqualTo(before);
        assertThat(job.path("end_time").asLong())
                .isBetween(job.path("start_time").asLong(), System.currentTimeMillis());
        assertThat(caller.log(id)).isEqualTo("hello\nthere\n");
    }

    @ParameterizedTest
    @CsvSource({"exit 1, 1", "exit 77, 77", "kill -9 $$, 137", "kill -TERM $$, 143", "no-such-command-at-all, 127"})
    void anEndOtherThanZeroIsAFailureWithItsExitCode(String entrypoint, int code) {
        JsonNode job = caller.awaitEnd(caller.submit(entrypoint));

        assertThat(job.path("status").asText()).isEqualTo("FAILED");
        assertThat(job.path("driver_exit_code").asInt()).isEqualTo(code);
        assertThat(job.path("message").asText()).contains(Integer.toString(code));
        assertThat(job.path("error_type").asText()).isEqualTo("JOB_ENTRYPOINT_COMMAND_ERROR");
    }

    @Test
    void anEndBySignalSaysWhichOne() {
        JsonNode job = caller.awaitEnd(caller.submit("kill -9 $$"));

        assertThat(job.path("message").asText()).contains("signal 9");
    }

    @Test
    void aFailureCarriesTheLastTenLines() {
        JsonNode job = caller.awaitEnd(caller.submit("seq -f 'line %g' 1 40; exit 3"));

        String expected =
                IntStream.rangeClosed(31, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        assertThat(job.path("message").asText()).endsWith("\n" + expected).doesNotContain("line 30");
    }

    @Test
    void aFailureMessageStaysBelowTwentyThousandCharacters() {
        JsonNode job = caller.awaitEnd(caller.submit("head -c 90000 /dev/zero | tr '\\0' x; echo; exit 1"));

        assertThat(job.path("message").asText().length()).isBetween(19_000, 20_500);
    }

    @Test
    void theEnvironmentIsTheAgentsWithTheJobsVariablesOnTop(@TempDir Path folder) throws IOException {
        String id = caller.submit(Map.of(
                "entrypoint",
                "echo \"$GREETING|$PYTHONUNBUFFERED|$HOME|$(pwd -P)\"; cat",
                "runtime_env",
                Map.of(
                        "env_vars", Map.of("GREETING", "späße \"$x\" 'y'"),
                        "working_dir", folder.toString())));
        caller.awaitEnd(id);

        assertThat(caller.log(id))
                .isEqualTo("späße \"$x\" 'y'|1|" + System.getenv("HOME") + "|" + folder.toRealPath() + "\n");
    }

    /** As Ray does it, and its documentation shows it. */
    @Test
    void valuesOfVariablesMayNameVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", "${PATH}:/more");
        variables.put("A", "one $HOME 'two'");
        variables.put("B", "${A}|$A|${UNSET}|$UNSET|${unset}|$$|${|$1|`echo no`|$(echo no)");
        String id = caller.submit(Map.of(
                "entrypoint", "printf '%s\\n' \"$PATH\" \"$A\" \"$B\"", "runtime_env", Map.of("env_vars", variables)));
        caller.awaitEnd(id);

        String a = "one " + System.getenv("HOME") + " 'two'";
        assertThat(caller.log(id).lines())
                .containsExactly(
                        System.getenv("PATH") + ":/more",
                        a,
                        a + "|" + a + "||$UNSET|${unset}|$$|${|$1|`echo no`|$(echo no)");
    }

    /** The shell that looks after the job needs commands of its own, whatever PATH the job wants. */
    @Test
    void aJobMayHaveAnyPath() {
        String id = caller.submit(
                Map.of("entrypoint", "echo \"$PATH\"", "runtime_env", Map.of("env_vars", Map.of("PATH", "/nowhere"))));

        assertThat(caller.awaitEnd(id).path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(caller.log(id)).isEqualTo("/nowhere\n");
    }

    @Test
    void aJobLeadsAProcessGroupAndSessionOfItsOwn() {
        String id = caller.submit("cut -d ' ' -f 5,6 /proc/self/stat");
        JsonNode job = caller.awaitEnd(id);

        String leader = job.path("driver_info").path("pid").asText();
        assertThat(caller.log(id)).isEqualTo(leader + " " + leader + "\n");
    }

    @Test
    void aWorkingDirectoryThatIsGoneWhenTheJobStartsIsAFailureThatSaysSo(@TempDir Path folder) throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (EmbeddedAgent other = EmbeddedAgent.start()) {
            Caller toOther = Caller.of(other);
            toOther.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":1}");
            String first = toOther.submit("sleep 60");
            String second =
                    toOther.submit(Map.of("entrypoint", "true", "runtime_env", Map.of("working_dir", gone.toString())));
            Files.delete(gone);
            toOther.post("jobs/" + first + "/stop/", "");

            JsonNode job = toOther.awaitEnd(second);

            assertThat(job.path("status").asText()).isEqualTo("FAILED");
            assertThat(job.path("driver_exit_code").isNull()).isTrue();
            assertThat(job.path("message").asText()).contains("could not be started");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| entrypoint",
                "{\"entrypoint\":\"\"}| entrypoint",
                "{\"entrypoint\":7}| entrypoint",
                "{\"entrypoint\":\"true\\u0000\"}| entrypoint",
                "{\"entrypoint\":\"true\",\"colour\":1}| colour",
                "{\"entrypoint\":\"true\",\"submission_id\":\"a/b\"}| submission_id",
                "{\"entrypoint\":\"true\",\"submission_id\":5}| submission_id",
                "{\"entrypoint\":\"true\",\"metadata\":{\"a\":1}}| metadata.a",
                "{\"entrypoint\":\"true\",\"metadata\":[]}| metadata",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"conda\":[\"torch\"]}}| conda",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"pip\":\"requirements.txt\"}}| pip",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"pip\":[7]}}| pip",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"pip\":[\"torch\\n--pre\"]}}| pip",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"env_vars\":{\"A\":1}}}| env_vars.A",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"env_vars\":{\"A=B\":\"1\"}}}| env_vars",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"working_dir\":\"/no/such/folder\"}}| working_dir",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"working_dir\":\"/\\u0000\"}}| working_dir",
                "{\"entrypoint\":\"true\",\"entrypoint_num_cpus\":\"1\"}| entrypoint_num_cpus",
                "{\"entrypoint\":\"true\",\"entrypoint_num_cpus\":-1}| entrypoint_num_cpus",
                "{\"entrypoint\":\"true\",\"entrypoint_num_cpus\":100000}| CPU",
                "{\"entrypoint\":\"true\",\"entrypoint_memory\":1.5}| entrypoint_memory",
                "{\"entrypoint\":\"true\",\"entrypoint_memory\":1000000000000000}| memory",
                "{\"entrypoint\":\"true\",\"entrypoint_resources\":{\"tpu\":1}}| entrypoint_resources",
                "[]| object",
                "{\"entrypoint\":\"true\"| JSON",
                "{\"entrypoint\":\"true\"} {}| JSON",
                "nonsense| JSON"
            })
    void aSubmissionThatCannotBeHonouredIsRefusedAndNothingIsKeptOfIt(String body, String named) {
        int before = caller.get("jobs/").json().size();

        Answer answer = caller.post("jobs/", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains(named);
        assertThat(caller.get("jobs/").json().size()).isEqualTo(before);
    }

    @Test
    void gpusThatTheMachineLacksAreAnErrorOfTheirOwn() {
        Answer answer = caller.post("jobs/", "{\"entrypoint\":\"true\",\"entrypoint_num_gpus\":1000}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("error_type").asText()).isEqualTo("gpu_unavailable");
        assertThat(answer.detail()).contains("GPU");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        Answer answer = caller.post("jobs/", "{\"entrypoint\":\"" + "x".repeat(11 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("larger");
    }

    @Test
    void anIdIsTakenOnce() {
        Map<String, String> submission = Map.of("entrypoint", "true", "submission_id", "my_job-1");
        assertThat(caller.submit(submission)).isEqualTo("my_job-1");

        Answer again = caller.post("jobs/", Caller.text(submission));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.detail())
                .isEqualTo("Job with submission_id my_job-1 already exists. Please use a different submission_id.");
    }

    @Test
    void aJobIsDeletedWithItsLogOnceItIsOverAndItsIdIsFreeAgain() {
        String id = caller.submit(Map.of("entrypoint", "echo first; sleep 60", "submission_id", "deleted"));
        caller.awaitLog(id, "first");
        Answer early = caller.send("DELETE", "jobs/" + id + "/", "");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.detail()).contains("RUNNING");
        caller.post("jobs/" + id + "/stop/", "");
        caller.awaitEnd(id);

        Answer deleted = caller.send("DELETE", "jobs/" + id + "/", "");

        assertThat(deleted.json()).isEqualTo(Caller.json("{\"deleted\":true}"));
        assertThat(caller.get("jobs/" + id + "/").status()).isEqualTo(404);
        assertThat(agent.dataDirectory().resolve("jobs").resolve(id)).doesNotExist();
        assertThat(caller.submit(Map.of("entrypoint", "echo second", "submission_id", id)))
                .isEqualTo(id);
        caller.awaitEnd(id);
        assertThat(caller.log(id)).isEqualTo("second\n");
    }

    @Test
    void jobsAreListedInTheOrderOfTheirSubmission() {
        List<String> ids =
                IntStream.range(0, 5).mapToObj(i -> caller.submit("true")).toList();

        List<String> listed = new ArrayList<>();
        caller.get("jobs")
                .json()
                .forEach(job -> listed.add(job.path("submission_id").asText()));

        assertThat(listed).containsSubsequence(ids);
    }

    @Test
    void aJobThatRanIsOneTask() {
        String id = caller.submit("exit 4");
        JsonNode job = caller.awaitEnd(id);

        JsonNode task = caller.get("tasks/" + id + "/").json();

        assertThat(task.path("type").asText()).isEqualTo("DRIVER_TASK");
        assertThat(task.path("state").asText()).isEqualTo("FAILED");
        assertThat(task.path("worker_pid").asText())
                .isEqualTo(job.path("driver_info").path("pid").asText());
        assertThat(caller.get("tasks/").json()).contains(task);
    }
}
