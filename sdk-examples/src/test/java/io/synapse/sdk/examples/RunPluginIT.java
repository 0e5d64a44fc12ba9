package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example with a plugin runs on a real Docker Engine, and says what is missing where there is none. */
@Timeout(180)
class RunPluginIT {
    private static final String SCRIPT = System.getProperty("synapse.docker", "");

    @TempDir
    private Path folder;

    private String startEngine() throws Exception {
        String missing =
                "the system property synapse.docker names no script that starts Docker Engines: '" + SCRIPT + "'";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(SCRIPT).as(missing).isNotEmpty();
        }
        assumeTrue(!SCRIPT.isEmpty(), missing);
        engine("start", "--owner", Long.toString(ProcessHandle.current().pid()));
        engine("base-image");
        return Files.readString(folder.resolve("engine/address")).strip();
    }

    @AfterEach
    void stopEngine() throws Exception {
        if (Files.exists(folder.resolve("engine"))) {
            engine("stop");
        }
    }

    @Test
    void thePageIsServedCountsAsToldAndIsRestartedWhenAskedForAgain() throws Exception {
        Run run = runPlugin(startEngine());

        assertThat(run.output())
                .contains("Step 1/", "\nstarted container ")
                .containsPattern("\nopen http://127.0.0.1:\\d+: Word count\n")
                .contains("\"data\": [[\"rose\", 3], [\"is\", 3], [\"and\", 1], [\"violet\", 1]]")
                .contains("\nagain: same container true, restarted true\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutAnEngineItSaysWhatToDo() throws Exception {
        Run run = runPlugin("unix://" + folder.resolve("nowhere.sock"));

        assertThat(run.output()).contains("start one, or name one with DOCKER_HOST or --docker-host");
        assertThat(run.exitCode()).isOne();
    }

    private record Run(int exitCode, String output) {}

    private static Run runPlugin(String dockerHost) throws IOException, InterruptedException {
        return run(
                Map.of("DOCKER_HOST", dockerHost, "GRADIO_CONTAINER_BASE_IMAGE", "synapse-gradio-base"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunPlugin.class.getName(),
                        "plugins"));
    }

    private void engine(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(SCRIPT, verb, folder.resolve("engine").toString()));
        command.addAll(List.of(arguments));
        Run run = run(Map.of(), command);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static Run run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SYNAPSE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
