package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.gateway.server.model.LocalModelFile;
import io.synapse.sdk.gateway.server.model.OpenAiReplies;
import io.synapse.sdk.gateway.server.model.ProviderServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the packed jar can get wrong: its manifest, the services and native libraries inside, its logging. */
class StandaloneJarIT {
    private static final Path JAR = Path.of(System.getProperty("standalone.jar"));

    @TempDir
    Path folder;

    private GatewayProcess start(Map<String, String> environment, String... arguments) throws IOException {
        String[] places = {
            "--port=0", "--claude-port=0", "--gemini-port=0", "--codex-port=0", "--data-dir=" + folder.resolve("data")
        };
        return GatewayProcess.fromJar(
                JAR,
                folder,
                environment,
                Stream.concat(Stream.of(places), Stream.of(arguments)).toArray(String[]::new));
    }

    private static void assertPlans(GatewayProcess gateway, String source) throws Exception {
        Http http = new Http(gateway.awaitReady(), gateway.awaitLine("token: "));
        HttpResponse<String> plan = http.post("/api/v1/claude/plan", "{\"task\":\"t\"}");
        assertThat(plan.statusCode()).as(plan.body()).isEqualTo(200);
        assertThat(plan.body()).contains("\"source\":\"" + source + "\"");
        assertThat(http.get("/metrics").body()).contains("synapse_work_total");

        gateway.terminate();
        gateway.awaitExit();
        assertThat(gateway.errors()).isEmpty();
    }

    @Test
    void servesAndEndsWithoutAWordOfWarning() throws Exception {
        try (GatewayProcess gateway = start(Map.of())) {
            assertPlans(gateway, "rules");
        }
    }

    @Test
    void allProvidersAreInside() throws Exception {
        try (ProviderServer provider = new ProviderServer().then(OpenAiReplies.complete(OpenAiReplies.PLAN));
                GatewayProcess gateway = start(
                        Map.of(
                                "OPENAI_BASE_URL", provider.url("/v1"),
                                "ANTHROPIC_API_KEY", "a-key",
                                "GEMINI_API_KEY", "another-key"),
                        "--model=openai/a,anthropic/b,gemini/c")) {
            assertPlans(gateway, "model:openai/a");
        }
    }

    @Test
    void aModelInAFileAnswers() throws Exception {
        Path file = LocalModelFile.path();
        try (GatewayProcess gateway = start(Map.of(), "--model=local/" + file)) {
            assertPlans(gateway, "model:local/SmolLM2-135M-Instruct.Q4_1");
        }
    }
}
