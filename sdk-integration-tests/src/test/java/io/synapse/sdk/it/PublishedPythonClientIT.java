package io.synapse.sdk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.embedded.Prerequisite;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published Python client follows logs on this agent. The system property {@code synapse.python} names a Python 3.12
 * or newer that has it installed; without one this is skipped, except in continuous integration.
 */
@Timeout(180)
@Tag("one-jdk")
class PublishedPythonClientIT {
    private static EmbeddedAgent agent;
    private static AgentClient client;
    private static String python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        python = Prerequisite.program("synapse.python", "", "Python with synapse-sdk")
                .toString();
        agent = EmbeddedAgent.start();
        client = Clients.of(agent);
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            client.close();
            agent.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http"})
    void followsALongLog(String protocol) throws Exception {
        String id = client.submitJob(JobSubmission.of("seq -f 'line %.0f: größe 漢字 😀' 1 350000"));

        JsonNode read = follow(id, protocol);

        assertThat(read.path("lines").asInt()).isEqualTo(350_000);
        assertThatItIsTheLog(read, id);
    }

    /** The client takes 30 s without a message for the end; heartbeats keep it from that. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http"})
    void followsAQuietJob(String protocol) throws Exception {
        String id = client.submitJob(JobSubmission.of("echo before; sleep 35; echo after"));

        JsonNode read = follow(id, protocol);

        assertThat(read.path("lines").asInt()).isEqualTo(2);
        assertThat(read.path("longest_silence").asDouble()).isGreaterThan(30); // not 35: it may have come late
        assertThatItIsTheLog(read, id);
    }

    private static void assertThatItIsTheLog(JsonNode read, String id) throws IOException, NoSuchAlgorithmException {
        byte[] log = Files.readAllBytes(
                agent.dataDirectory().resolve("jobs").resolve(id).resolve("log"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(log));
        assertThat(read.path("sha256").asText()).isEqualTo(digest);
        assertThat(read.path("text_is_the_same").asBoolean()).isTrue();
        assertThat(read.path("status").asText()).isEqualTo("SUCCEEDED");
    }

    private JsonNode follow(String id, String protocol) throws IOException, InterruptedException {
        Path script = Path.of("src", "test", "resources", "follow_logs.py");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(
                        python, script.toString(), agent.baseUrl().toString(), id, protocol)
                .redirectError(errors.toFile());
        builder.environment().put("AGENT_TOKEN", agent.token());
        Process process = builder.start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return new JsonMapper().readTree(out);
        } finally {
            process.destroyForcibly();
        }
    }
}
