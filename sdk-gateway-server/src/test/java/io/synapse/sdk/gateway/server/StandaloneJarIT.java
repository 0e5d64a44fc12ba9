package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
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
        try (GatewayProcess gateway = GatewayProcess.fromJar(
                JAR,
                folder,
                "--port=0",
                "--claude-port=0",
                "--gemini-port=0",
                "--codex-port=0",
                "--data-dir=" + folder.resolve("data"))) {
            URI url = gateway.awaitReady();
            Http http = new Http(url, gateway.awaitLine("token: "));
            HttpResponse<String> plan = http.post("/api/v1/claude/plan", "{\"task\":\"t\"}");
            assertThat(plan.statusCode()).as(plan.body()).isEqualTo(200);
            assertThat(http.get("/metrics").body()).contains("synapse_work_total");

            gateway.terminate();
            gateway.awaitExit();
            assertThat(gateway.errors()).isEmpty();
        }
    }
}
