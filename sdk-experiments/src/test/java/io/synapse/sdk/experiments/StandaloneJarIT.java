package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the packed jar can get wrong: its manifest, the services and native libraries inside, its logging. */
class StandaloneJarIT {
    private static final Path JAR = Path.of(System.getProperty("standalone.jar"));
    private static final int ENDED_BY_TERM = 143;

    @TempDir
    Path folder;

    @Test
    void servesAndEndsWithoutAWordOfWarning() throws Exception {
        try (ExperimentsProcess server = ExperimentsProcess.fromJar(JAR, folder, folder.resolve("data"))) {
            assertThat(server.caller().get("/api/").body()).contains("\"server\":\"synapse\"");
            assertThat(server.caller().get("/api/projects").statusCode()).isEqualTo(200);

            assertThat(server.terminate()).isEqualTo(ENDED_BY_TERM);
            assertThat(server.errors()).isEmpty();
        }
    }
}
