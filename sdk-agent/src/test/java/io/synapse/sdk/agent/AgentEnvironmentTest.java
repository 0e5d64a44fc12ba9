package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://Agent.Example",
                "HTTP://agent.example/",
                "http://agent.example:80",
                " http://agent.example "
            })
    void theChosenAgentIsTheSameHoweverItsUrlIsWritten(String url) throws Exception {
        choose("{\"agent\":{\"url\":\"http://agent.example/\",\"token\":\"chosen\"}}");

        assertThatCode(() ->
                        new AgentEnvironment(Map.of("SYNAPSE_AGENT_URL", url), home).applyTo(AgentClient.builder()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://agent.example",
                "http://agent.example:8000",
                "http://agent.example/lab",
                "http://agent.example.org",
                "http://agent.exampl\u00e9"
            })
    void anotherAgentIsAnotherOne(String url) throws Exception {
        choose("{\"agent\":{\"url\":\"http://agent.example/\",\"token\":\"chosen\"}}");

        assertThatThrownBy(() ->
                        new AgentEnvironment(Map.of("SYNAPSE_AGENT_URL", url), home).applyTo(AgentClient.builder()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("token is missing");
    }

    @Test
    void aTokenHasNoWhiteSpaceAroundIt() throws Exception {
        choose("{\"agent\":{\"url\":\"" + url() + "\",\"token\":\" chosen\\n\"}}");

        Headers headers =
                headersSent(Map.of("SYNAPSE_PLUGIN_RUN_USER_TOKEN", " user\n", "SYNAPSE_PLUGIN_RUN_TENANT", "acme "));

        assertThat(headers.get("Authorization")).isEqualTo("chosen");
        assertThat(headers.get("SYNAPSE-User")).isEqualTo("Token user");
        assertThat(headers.get("SYNAPSE-Tenant")).isEqualTo("Token acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "s3cret\nX-Other: 1", "s3cr\u00e9t"})
    void aTokenThatCannotBeOneIsRefusedAndNotQuoted(String token) {
        AgentClient.Builder builder = AgentClient.builder();
        assertThat(Stream.<Function<String, ?>>of(builder::agentToken, builder::userToken, builder::tenant))
                .allSatisfy(setter -> assertThatThrownBy(() -> setter.apply(token))
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageNotContaining("s3cr"));
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
        try (AgentClient client = new AgentEnvironment(variables, home)
                .applyTo(AgentClient.builder())
                .build()) {
            client.healthCheck();
        }
        RecordedRequest request = server.takeRequest();
        return request.getHeaders();
    }
}
