package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the agent answers, and what requests cannot do to it. */
@Timeout(120)
class CallerChecksTest {
    @ParameterizedTest
    @CsvSource({
        "'Host: evil.example', 403",
        "'Host: 127.0.0.1.evil.example', 403",
        "'Host: localhost', 200",
        "'Host: 127.0.0.1:1', 200",
        "'Host: [::1]:80', 200",
    })
    void aNameThatAWebPageGaveThisMachineIsRefused(String host, int status) throws IOException {
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            assertThat(statusOf(agent, "GET /health HTTP/1.1", host)).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example, 403", "null, 403", "http://localhost:9, 403", "http://localhost, 200"})
    void aPageOfAnotherOriginIsRefused(String origin, int status) throws IOException {
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            assertThat(statusOf(agent, "GET /health HTTP/1.1", "Host: localhost", "Origin: " + origin))
                    .isEqualTo(status);
            String socket = "GET /jobs/none/logs HTTP/1.1";
            assertThat(statusOf(agent, socket, "Host: localhost", "Origin: " + origin, "Connection: Upgrade"))
                    .isEqualTo(status == 403 ? 403 : 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "x-http-method-override"})
    void aMethodIsWhatItWasSentAs(String header) {
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            Caller caller = Caller.of(agent);
            String id = caller.submit("true");
            caller.awaitEnd(id);

            Caller.send(
                    caller.request("jobs/" + id + "/").header(header, "DELETE").GET());

            assertThat(caller.status(id)).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void changesOfThePolicyAtTheSameTimeLoseNothing() throws Exception {
        List<String> fields = List.of(
                "max_concurrent_jobs",
                "max_concurrent_serve_replicas",
                "cpu_max_utilization_percent",
                "memory_max_utilization_percent",
                "gpu_max_utilization_percent",
                "gpu_max_memory_percent",
                "max_concurrent_ray_jobs",
                "resource_cache_ttl_seconds");
        ExecutorService callers = Executors.newFixedThreadPool(fields.size());
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            Caller caller = Caller.of(agent);
            for (int round = 1; round <= 20; round++) {
                int value = round;
                List<Callable<Integer>> changes = fields.stream()
                        .map(field -> (Callable<Integer>)
                                () -> caller.send("PATCH", "resources/policy/", "{\"" + field + "\":" + value + "}")
                                        .status())
                        .toList();
                for (Future<Integer> change : callers.invokeAll(changes)) {
                    assertThat(change.get()).isEqualTo(200);
                }
                assertThat(fields)
                        .allSatisfy(field -> assertThat(caller.get("resources/policy/")
                                        .json()
                                        .path(field)
                                        .asInt())
                                .as(field)
                                .isEqualTo(value));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entrypoint\":\"echo \\ud800\"}",
                "{\"entrypoint\":\"true\",\"metadata\":{\"a\":\"\\udfff\"}}",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"env_vars\":{\"A\":\"\\ud800x\"}}}",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"working_dir\":\"/tmp/\\ud800\"}}",
                "{\"entrypoint\":\"true\",\"runtime_env\":{\"working_dir\":\"/tmp/\\u0000\"}}"
            })
    void textThatHasNoBytesIsRefused(String submission) {
        try (EmbeddedAgent agent = EmbeddedAgent.start()) {
            Caller.Answer answer = Caller.of(agent).post("jobs/", submission);

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(Caller.of(agent).get("jobs/").json()).isEmpty();
        }
    }

    /** Such a locale can name no file with a letter beyond ASCII. */
    @Test
    void aFolderThatTheAgentsLocaleCannotNameIsRefused(@TempDir Path folder) throws Exception {
        try (AgentProcess agent = AgentProcess.fromClassPath(
                Map.of("LC_ALL", "POSIX", "SYNAPSE_AGENT_TOKEN", "t"),
                folder,
                "--port",
                "0",
                "--data-dir",
                folder.resolve("data").toString())) {
            Caller caller = new Caller(agent.awaitReady(), "t");

            Caller.Answer answer =
                    caller.post("jobs/", "{\"entrypoint\":\"true\",\"runtime_env\":{\"working_dir\":\"/tmp/\u00e4\"}}");

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.detail()).contains("working_dir");
        }
    }

    /** A request to an engine cannot be broken off; the agent ends nevertheless. */
    @Test
    void aDockerEngineThatNeverAnswersDoesNotKeepTheAgentFromItsEnd() throws Exception {
        try (ServerSocket engine = new ServerSocket(0)) { // the system accepts, and nobody answers
            EmbeddedAgent agent = EmbeddedAgent.builder()
                    .dockerHost("tcp://127.0.0.1:" + engine.getLocalPort())
                    .start();

            assertTimeoutPreemptively(Duration.ofSeconds(30), agent::close);
        }
    }

    /** A program that forgets to close its agent ends all the same. */
    @Test
    void theProgramEndsWithoutAClose() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    /** Starts an agent, uses it, and does not close it. */
    static final class Forgetful {
        private Forgetful() {}

        public static void main(String[] arguments) {
            Caller caller = Caller.of(EmbeddedAgent.start());
            String id = caller.submit("echo done");
            Tail.open(caller, Tail.Protocol.WEBSOCKET, id, "").awaitEnd();
            Tail.open(caller, Tail.Protocol.HTTP, id, "").awaitEnd();
        }
    }

    private static int statusOf(EmbeddedAgent agent, String requestLine, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", agent.baseUrl().getPort())) {
            String request = requestLine + "\r\nAuthorization: " + agent.token() + "\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(30_000);
            InputStream answer = socket.getInputStream();
            String line = new String(answer.readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
