package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example with three agents runs on a real Docker Engine, and says what is missing where there is none. */
@Timeout(180)
@Tag("one-jdk")
class SharedWorkspaceIT {
    @TempDir
    private Path folder;

    @Test
    void eachAgentDoesItsPartAndNoneLosesTheWorkOfAnother() throws Exception {
        try (DockerExample docker = new DockerExample(folder)) {
            String address = docker.start("small-images");

            DockerExample.Run run = DockerExample.run(SharedWorkspace.class, address, Map.of(), "synapse-busybox");

            assertThat(run.output())
                    .contains("research: collected lines: 3\n", "synthesis: began /workspace/shared/report.md\n")
                    .contains("analysis: refused: ", "analysis: not written, since another has:\n")
                    .contains("-# Draft\n", "+# Sales\n")
                    .endsWith("synthesis: found /workspace/shared/report.md:2: north: 165\n"
                            + "synthesis: found /workspace/shared/sales.csv:1: north,120\n"
                            + "synthesis: found /workspace/shared/sales.csv:3: north,45\n");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void withoutAnEngineItSaysWhatToDo() throws Exception {
        try (DockerExample docker = new DockerExample(folder)) {
            DockerExample.Run run = DockerExample.run(SharedWorkspace.class, docker.nowhere(), Map.of());

            assertThat(run.output()).contains("start one, or name one with DOCKER_HOST or DockerWorkspace.builder()");
            assertThat(run.exitCode()).isOne();
        }
    }

    @Test
    void itHasLessThanSixtyLines() throws IOException {
        Path source = Path.of("src/main/java/io/synapse/sdk/examples/SharedWorkspace.java");

        assertThat(Files.readAllLines(source)).hasSizeLessThan(60);
    }
}
