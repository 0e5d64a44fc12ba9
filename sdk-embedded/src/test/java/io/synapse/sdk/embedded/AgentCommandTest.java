package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AgentCommandTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --prot=8000  | Unknown option: '--prot=8000'
                    --port=many  | 'many' is not an int
                    --port=65536 | a port is from 0 to 65535, not 65536
                    "--token= "  | the token must not be blank
                    --data-dir   | Missing required parameter
                    --max-concurrent-jobs=-1 | the number of concurrent jobs must not be negative, but is -1
                    --plugin-dir=/no/such/folder | the plugin directory /no/such/folder is not a folder
                    --ray-address=ray://head:10001 | the Ray address cannot be used: the base URL must be
                    """)
    void refusesWrongUsage(String argument, String complaint) {
        assertThat(execute(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(complaint).contains("Usage: synapse-agent");
    }

    @Test
    void explainsItself() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString())
                .contains("--host=ADDRESS", "Default: 127.0.0.1")
                .contains("--port=PORT", "Default: 8000")
                .contains("--token=TOKEN", "SYNAPSE_AGENT_TOKEN")
                .contains("--ray-address=URL", "--ray-token=TOKEN", "RAY_AUTH_TOKEN")
                .contains("--max-concurrent-jobs=NUMBER", "3 at first", "--end-leftovers")
                .contains("--plugin-dir=DIRECTORY")
                .contains("--data-dir=DIRECTORY", Path.of(".synapse", "agent").toString())
                .contains("Exit codes:");
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AgentProcess agent = start(Map.of(), "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("synapse-agent: ")
                    .contains("127.0.0.1:" + taken.getLocalPort())
                    .endsWith("Address already in use");
            assertThat(agent.out()).isEmpty();
        }
    }

    @Test
    void saysInOneLineThatTheDataDirectoryCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (AgentProcess agent = AgentProcess.fromClassPath(Map.of(), folder, "--port=0", "--data-dir=" + file)) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("synapse-agent: ")
                    .contains("data directory", file.toString());
        }
    }

    @Test
    void leavesTheDataDirectoryToOneAgentAtATimeAndGivesItBackOnTerm() throws Exception {
        try (AgentProcess first = start(Map.of(), "--port=0")) {
            URI url = first.awaitReady();
            assertThat(AgentProcess.statusOfHealth(url, first.awaitLine("token: ")))
                    .isEqualTo(200);
            try (AgentProcess second = start(Map.of(), "--port=0")) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.err().lines())
                        .singleElement()
                        .asString()
                        .contains("another agent uses the data directory");
            }

            first.terminate();
            assertThat(first.awaitExit()).isEqualTo(TERMINATED);
            assertThat(first.err())
                    .as("an orderly stop has nothing to complain of")
                    .isEmpty();
        }
        try (AgentProcess next = start(Map.of(), "--port=0")) {
            assertThat(next.awaitReady()).isNotNull();
        }
    }

    @Test
    void keepsAGivenTokenToItself() throws Exception {
        try (AgentProcess agent = start(Map.of("SYNAPSE_AGENT_TOKEN", "from-the-environment"), "--port=0")) {
            URI url = agent.awaitReady();

            assertThat(AgentProcess.statusOfHealth(url, "from-the-environment")).isEqualTo(200);
            assertThat(AgentProcess.statusOfHealth(url, "wrong")).isEqualTo(401);
            assertThat(agent.out()).doesNotContain("token", "from-the-environment");
        }
    }

    @Test
    void saysHowManyJobsRunAtOnceAndKeepsWhatItIsToldOfIt() throws Exception {
        try (AgentProcess agent = start(Map.of(), "--port=0")) {
            assertThat(agent.awaitLine("jobs at once: ")).isEqualTo("3 (--max-concurrent-jobs)");
        }
        try (AgentProcess agent = start(Map.of(), "--port=0", "--max-concurrent-jobs=0")) {
            assertThat(agent.awaitLine("jobs at once: ")).isEqualTo("no limit (--max-concurrent-jobs)");
        }
        try (AgentProcess agent = start(Map.of(), "--port=0")) {
            assertThat(agent.awaitLine("jobs at once: ")).isEqualTo("no limit (--max-concurrent-jobs)");
        }
    }

    @Test
    void masksTheTokenInWhatJettyLogs() throws Exception {
        try (AgentProcess agent = AgentProcess.withJvmOption(
                "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=trace",
                folder,
                "--port=0",
                "--token=sesame-open-1234567890",
                "--data-dir=" + folder.resolve("data"))) {
            URI agentUri = agent.awaitReady();
            try (Socket last = new Socket(agentUri.getHost(), agentUri.getPort())) {
                String request =
                        "GET /health/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: sesame-open-1234567890\r\n\r\n";
                last.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(last.getInputStream().read()).isEqualTo('H');
            }

            await().untilAsserted(() -> assertThat(agent.err())
                    .contains("Authorization: ***", "...***")
                    .doesNotContain("sesame")
                    .doesNotContain("1234567890"));
        }
    }

    @Test
    void refusesOptionsForLocalJobsWithARayCluster() {
        assertThat(execute("--ray-address=http://127.0.0.1:1", "--end-leftovers", "--data-dir=" + folder))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("on a Ray cluster, Ray alone decides");
    }

    @Test
    void warnsWhenTheTokenWouldTravelInClear() throws Exception {
        try (AgentProcess agent = start(Map.of(), "--port=0", "--host=0.0.0.0")) {
            agent.awaitReady();

            assertThat(agent.err()).startsWith("warning: there is no TLS; on 0.0.0.0 ");
        }
    }

    private AgentProcess start(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--data-dir=" + folder.resolve("data");
        return AgentProcess.fromClassPath(environment, folder, all);
    }

    private int execute(String... arguments) {
        return AgentCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
