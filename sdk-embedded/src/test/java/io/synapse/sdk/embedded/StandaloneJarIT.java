package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the packed jar can get wrong: its manifest, the services and native libraries inside, its logging. */
class StandaloneJarIT {
    private static final Path JAR = Path.of(System.getProperty("standalone.jar"));

    @TempDir
    Path folder;

    @Test
    void servesAndEndsWithoutAWordOfWarning() throws Exception {
        try (AgentProcess agent =
                AgentProcess.fromJar(JAR, folder, "--port=0", "--data-dir=" + folder.resolve("data"))) {
            URI url = agent.awaitReady();
            assertThat(AgentProcess.statusOfHealth(url, agent.awaitLine("token: ")))
                    .isEqualTo(200);

            agent.terminate();
            agent.awaitExit();
            assertThat(agent.err()).isEmpty();
        }
    }

    @Test
    void knowsItsVersion() throws Exception {
        try (AgentProcess agent = AgentProcess.fromJar(JAR, folder, "--version")) {
            assertThat(agent.awaitExit()).isZero();
            assertThat(agent.out()).matches("synapse-agent \\d+\\.\\d+\\.\\d+.*\\R");
        }
    }
}
