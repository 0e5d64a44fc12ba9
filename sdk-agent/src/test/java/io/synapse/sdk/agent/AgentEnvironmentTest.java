package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which agent a process uses, and on whose behalf. */
class AgentEnvironmentTest {
    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path home;

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.enqueue(new MockResponse.Builder().body("{}").build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theVariablesNameAnAgent() throws Exception {
        Headers headers = headersSent(Map.of(
                "SYNAPSE_AGENT_URL", url(),
                "SYNAPSE_AGENT_TOKEN", "agent",
                "SYNAPSE_PLUGIN_RUN_USER_TOKEN", "user",
                "SYNAPSE_PLUGIN_RUN_TENANT", "acme"));

        assertThat(headers.get("Authorization")).isEqualTo("agent");
        assertThat(headers.get("SYNAPSE-User")).isEqualTo("Token user");
        assertThat(headers.get("SYNAPSE-Tenant")).isEqualTo("Token acme");
    }

    @Test
    void theChosenAgentOfTheCommandLineIsUsedWithoutVariables() throws Exception {
        choose("{\"agent\":{\"id\":1,\"name\":\"lab\",\"url\":\"" + url() + "\",\"token\":\"chosen\"}}");

        Headers headers = headersSent(Map.of());

        assertThat(headers.get("Authorization")).isEqualTo("chosen");
        assertThat(headers.get("SYNAPSE-User")).isNull();
    }

    @Test
    void theChosenAgentsTokenDoesNotGoToAnotherAgent() throws Exception {
        choose("{\"agent\":{\"url\":\"http://elsewhere:8000\",\"token\":\"chosen\"}}");

        assertThatThrownBy(() -> headersSent(Map.of("SYNAPSE_AGENT_URL", url())))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("the agent's token is missing: set SYNAPSE_AGENT_TOKEN");
    }

    @Test
    void aVariableThatIsSetToNothingIsNotSet() throws Exception {
        choose("{\"agent\":{\"url\":\"" + url() + "\",\"token\":\"chosen\"}}");

        Headers headers = headersSent(Map.of(
                "SYNAPSE_AGENT_URL", "",
                "SYNAPSE_AGENT_TOKEN", "",
                "SYNAPSE_PLUGIN_RUN_USER_TOKEN", " ",
                "SYNAPSE_PLUGIN_RUN_TENANT", ""));

        assertThat(headers.get("Authorization")).isEqualTo("chosen");
        assertThat(headers.names()).doesNotContain("SYNAPSE-User", "SYNAPSE-Tenant");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> headersSent(Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("SYNAPSE_AGENT_URL")
                .hasMessageContaining("config.json");
    }

    @Test
    void aBrokenFileIsNamedAndNotQuoted() throws Exception {
        choose("{\"agent\":{\"token\":\"s3cret\"");

        assertThatThrownBy(() -> headersSent(Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cannot be read as JSON")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    private String url() {
        return server.url("/").toString();
    }

    private void choose(String config) throws IOException {
        Files.writeString(Files.createDirectory(home.resolve(".synapse")).resolve("config.json"), config);
    }

    private Headers headersSent(Map<String, String> variables) throws InterruptedException {
        try (AgentClient client =
                new AgentEnvironment(variables, home).builder().build()) {
            client.healthCheck();
        }
        RecordedRequest request = server.takeRequest();
        return request.getHeaders();
    }
}
