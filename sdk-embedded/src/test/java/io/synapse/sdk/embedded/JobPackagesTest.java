package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that names Python packages has them, for itself alone. */
@Timeout(120)
class JobPackagesTest {
    /** Making an environment takes seconds on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedAgent agent;
    private static Caller caller;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        Prerequisite.python();
        agent = EmbeddedAgent.start();
        caller = Caller.of(agent);
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void packagesAreInstalledBeforeTheJobBeginsAndGoneWhenItIsOver() throws IOException {
        String wheel = PythonWheel.write(folder, "greetings", "text = 'hello'");

        String id = submit("python3 -c 'import greetings; print(greetings.text)'; exit 3", wheel);

        JsonNode job = caller.awaitEnd(id, PATIENCE);
        assertThat(caller.log(id))
                .contains("Successfully installed greetings-1")
                .endsWith("\nhello\n");
        assertThat(job.path("driver_exit_code").asInt()).isEqualTo(3);
        assertThat(agent.dataDirectory().resolve("jobs").resolve(id).resolve("venv"))
                .doesNotExist();
        String without = caller.submit("python3 -c 'import greetings'");
        assertThat(caller.awaitEnd(without).path("message").asText()).contains("No module named 'greetings'");
    }

    /** Such as an agent that was started in a virtual environment, which has what its jobs need. */
    @Test
    void packagesOfTheAgentsOwnEnvironmentAreThereToo() throws IOException {
        String outer = PythonWheel.write(folder, "outer", "text = 'from the outer'");
        String inner = PythonWheel.write(folder, "inner", "text = 'from the inner'");
        Path environment = folder.resolve("environment");
        String prepared = caller.submit(
                "python3 -m venv " + environment + " && " + environment + "/bin/pip install '" + outer + "'");
        assertThat(caller.awaitEnd(prepared, PATIENCE).path("status").asText()).isEqualTo("SUCCEEDED");

        String id = caller.submit(Map.of(
                "entrypoint",
                "python3 -c 'import inner, outer; print(inner.text, outer.text)'",
                "runtime_env",
                Map.of(
                        "pip",
                        List.of(inner),
                        "env_vars",
                        Map.of("PATH", environment.resolve("bin") + ":" + System.getenv("PATH")))));

        caller.awaitEnd(id, PATIENCE);
        assertThat(caller.log(id)).endsWith("\nfrom the inner from the outer\n");
    }

    @Test
    void packagesThatCannotBeInstalledAreTheJobsFailureInPipsWords() {
        String id = submit("echo began", "nothing @ file:///no/such/nothing-1-py3-none-any.whl");

        JsonNode job = caller.awaitEnd(id, PATIENCE);

        assertThat(job.path("status").asText()).isEqualTo("FAILED");
        assertThat(job.path("message").asText()).contains("ERROR: ", "/no/such/nothing-1-py3-none-any.whl");
        assertThat(caller.log(id)).contains("ERROR: ").doesNotContain("began");
    }

    private static String submit(String entrypoint, String requirement) {
        return caller.submit(Map.of("entrypoint", entrypoint, "runtime_env", Map.of("pip", List.of(requirement))));
    }
}
