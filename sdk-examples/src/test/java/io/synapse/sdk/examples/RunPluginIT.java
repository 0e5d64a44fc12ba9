package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example with a plugin runs on a real Docker Engine, and says what is missing where there is none. */
@Timeout(180)
@Tag("one-jdk")
class RunPluginIT {
    @TempDir
    private Path folder;

    @Test
    void thePageIsServedCountsAsToldAndIsRestartedWhenAskedForAgain() throws Exception {
        try (DockerExample docker = new DockerExample(folder)) {
            DockerExample.Run run = runPlugin(docker.start("base-image"));

            assertThat(run.output())
                    .contains("Step 1/", "\nstarted container ")
                    .containsPattern("\nopen http://127.0.0.1:\\d+: Word count\n")
                    .contains("\"data\": [[\"rose\", 3], [\"is\", 3], [\"and\", 1], [\"violet\", 1]]")
                    .contains("\nagain: same container true, restarted true\n");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void withoutAnEngineItSaysWhatToDo() throws Exception {
        try (DockerExample docker = new DockerExample(folder)) {
            DockerExample.Run run = runPlugin(docker.nowhere());

            assertThat(run.output()).contains("start one, or name one with DOCKER_HOST or --docker-host");
            assertThat(run.exitCode()).isOne();
        }
    }

    private static DockerExample.Run runPlugin(String dockerHost) throws IOException, InterruptedException {
        return DockerExample.run(
                RunPlugin.class, dockerHost, Map.of("GRADIO_CONTAINER_BASE_IMAGE", "synapse-gradio-base"), "plugins");
    }
}
