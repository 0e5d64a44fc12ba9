package io.synapse.sdk.it.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as an agent program uses it: as a process that speaks the Model Context Protocol. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class McpServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FILE = "/workspace/shared/notes.md";

    @TempDir
    private Path folder;

    @Test
    void theOfficialClientUsesTheTools(DockerEngine engine) throws IOException {
        String container;
        try (McpSyncClient client = client(engine)) {
            client.initialize();
            container =
                    text(call(client, "execute", Map.of("command", "hostname"))).split("\n")[0];

            assertThat(client.getServerInstructions()).contains("/workspace/research");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactly("execute", "read", "write", "edit", "delete", "ls", "grep", "glob");
            assertThat(text(call(client, "execute", Map.of("command", "pwd; exit 3"))))
                    .isEqualTo("/workspace/research\n[exit code 3]");
            String version = version(
                    call(client, "write", Map.of("file_path", FILE, "content", "draft one", "if_absent", true)));
            assertThat(text(call(client, "read", Map.of("file_path", FILE)))).contains(version, "draft one");
            assertThat(version(call(client, "edit", edit(version)))).isNotEqualTo(version);
            CallToolResult conflict = call(client, "edit", edit(version));
            assertThat(conflict.isError()).isTrue();
            assertThat(text(conflict)).contains("Current version: ");
            assertThat(text(call(client, "grep", Map.of("pattern", "final", "path", "/workspace/shared"))))
                    .isEqualTo(FILE + ":1:final one");
            assertThat(text(call(client, "glob", Map.of("pattern", "*.md", "path", "/workspace/shared"))))
                    .isEqualTo(FILE);
            assertThat(text(call(client, "ls", Map.of("path", "/workspace/shared"))))
                    .startsWith(FILE + "\t9\t");
            assertThat(text(call(client, "delete", Map.of("file_path", FILE)))).isEqualTo("Deleted: " + FILE);
            assertThat(call(client, "read", Map.of("file_path", FILE)).isError())
                    .isTrue();
            assertThat(exists(engine, container)).isTrue();
        }
        // The client ends the server with TERM.
        await().atMost(PATIENCE).until(() -> !exists(engine, container));
    }

    @Test
    void atTheEndOfTheInputTheContainerIsGoneWhateverRunsInIt(DockerEngine engine) throws Exception {
        try (McpProcess server = McpProcess.start(engine, folder)) {
            String container = server.container();
            server.begin("execute", Map.of("command", "trap '' TERM; touch started; sleep 600", "timeout", 0));
            await().atMost(PATIENCE)
                    .until(() -> server.call("ls", Map.of()).toString().contains("/workspace/agent/started"));

            server.endInput();

            assertThat(server.awaitExit()).isZero();
            assertThat(exists(engine, container)).isFalse();
            assertThat(server.errors()).isEmpty();
            assertThat(server.restOfOutput()).allMatch(line -> line.startsWith("{\"jsonrpc\""));
        }
    }

    @Test
    void atTermTheContainerIsGone(DockerEngine engine) throws Exception {
        try (McpProcess server = McpProcess.start(engine, folder)) {
            String container = server.container();

            server.terminate();

            assertThat(server.awaitExit()).isEqualTo(143);
            assertThat(exists(engine, container)).isFalse();
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void twoProgramsShareAContainerThatTheFirstMade(DockerEngine engine) throws Exception {
        try (McpProcess first = McpProcess.start(engine, folder, "--agent", "first")) {
            String container = first.container();
            try (McpProcess second = McpProcess.start(engine, folder, "--agent", "second", "--container", container)) {
                JsonNode written = first.call("write", Map.of("file_path", FILE, "content", "of the first"));
                JsonNode refused =
                        second.call("write", Map.of("file_path", FILE, "content", "of the second", "if_absent", true));

                assertThat(written.get("isError").asBoolean(true)).isFalse();
                assertThat(refused.at("/structuredContent/error").asText()).contains("already exists");
                assertThat(second.call("read", Map.of("file_path", "/workspace/first/x"))
                                .get("isError")
                                .asBoolean())
                        .isTrue();
                second.endInput();
                assertThat(second.awaitExit()).isZero();
            }
            assertThat(first.container()).isEqualTo(container);
        }
    }

    private static McpSyncClient client(DockerEngine engine) throws IOException {
        List<String> command = McpProcess.command(engine, "--agent", "research");
        ServerParameters parameters = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .build();
        return McpClient.sync(new StdioClientTransport(parameters, McpJsonDefaults.getMapper()))
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .build();
    }

    private static Map<String, Object> edit(String version) {
        return Map.of("file_path", FILE, "old_string", "draft", "new_string", "final", "if_version", version);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static String version(CallToolResult result) {
        assertThat(result.isError()).as(text(result)).isFalse();
        return String.valueOf(((Map<?, ?>) result.structuredContent()).get("version"));
    }

    private static boolean exists(DockerEngine engine, String container) throws IOException {
        return !engine.docker("ps", "--all", "--quiet", "--filter", "id=" + container)
                .isEmpty();
    }
}
