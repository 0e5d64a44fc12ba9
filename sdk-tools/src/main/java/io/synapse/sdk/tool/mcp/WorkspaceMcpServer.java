package io.synapse.sdk.tool.mcp;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.tool.Tool;
import io.synapse.sdk.tool.ToolAnswer;
import io.synapse.sdk.tool.WorkspaceToolset;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A server of the Model Context Protocol over two streams, with the tools of one agent of a workspace. Calls are executed
 * side by side; the results have text, and the same as structured content. What fails is a result with {@code isError}.
 *
 * <p>A notification that a call is cancelled has no effect, as the protocol's SDK does not pass it on: the call goes on to
 * its time limit. Safe for use by any number of threads.
 */
public final class WorkspaceMcpServer implements AutoCloseable {
    private static final String NAME = "synapse-workspace";

    private final CountDownLatch ended;
    private final McpSyncServer server;

    private WorkspaceMcpServer(CountDownLatch ended, McpSyncServer server) {
        this.ended = ended;
        this.server = server;
    }

    /**
     * Serves an agent's tools.
     *
     * @param input from the client: one message a line
     * @param output to the client; nothing else may be written to it
     */
    public static WorkspaceMcpServer start(WorkspaceAgent agent, InputStream input, OutputStream output) {
        WorkspaceToolset toolset = WorkspaceToolset.of(agent);
        CountDownLatch ended = new CountDownLatch(1);
        McpSyncServer server = McpServer.sync(new StdioTransport(input, output, ended::countDown))
                .serverInfo(NAME, version())
                .instructions(toolset.instructions())
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                // The tools check them, and say what is wrong with them in the same words to all frameworks.
                .validateToolInputs(false)
                .tools(toolset.tools().stream()
                        .map(WorkspaceMcpServer::specification)
                        .toList())
                .build();
        return new WorkspaceMcpServer(ended, server);
    }

    private static SyncToolSpecification specification(Tool tool) {
        McpSchema.ToolAnnotations hints = McpSchema.ToolAnnotations.builder()
                .readOnlyHint(tool.isReadOnly())
                .destructiveHint(!tool.isReadOnly())
                .openWorldHint(false)
                .build();
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(tool.name(), tool.schema())
                        .description(tool.description())
                        .annotations(hints)
                        .build())
                .callHandler((exchange, request) -> result(tool, request.arguments()))
                .build();
    }

    private static CallToolResult result(Tool tool, @Nullable Map<String, Object> arguments) {
        try {
            ToolAnswer answer = tool.call(arguments == null ? Map.of() : arguments);
            return CallToolResult.builder()
                    .addTextContent(answer.text())
                    .structuredContent(answer.content())
                    .isError(answer.isError())
                    .build();
        } catch (ClientException | IllegalStateException e) { // there is nobody else to tell
            return CallToolResult.builder()
                    .addTextContent("Error: " + e.getMessage())
                    .isError(true)
                    .build();
        }
    }

    /** Waits for the end of the input. A message that is no JSON, or has more than 16 MiB, is an end too. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends the server. The streams and the agent are left open. */
    @Override
    public void close() {
        server.close();
        ended.countDown();
    }

    static String version() {
        return Optional.ofNullable(WorkspaceMcpServer.class.getPackage().getImplementationVersion())
                .orElse("(development build)");
    }
}
