package io.synapse.sdk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.tool.MemoryAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's messages as they go over the streams, without a library. */
@Timeout(30)
class WorkspaceMcpServerTest {
    private static final String INITIALIZE =
            "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':"
                    + "'2025-06-18','capabilities':{},'clientInfo':{'name':'test','version':'1'}}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PipedOutputStream toServer = new PipedOutputStream();
    private final PipedInputStream fromServer = new PipedInputStream(1 << 16);
    private final PrintWriter writer = new PrintWriter(toServer, true, StandardCharsets.UTF_8);
    private final BufferedReader reader = new BufferedReader(new InputStreamReader(fromServer, StandardCharsets.UTF_8));
    private WorkspaceMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = WorkspaceMcpServer.start(
                new MemoryAgent().with("/a.txt", "a"),
                new PipedInputStream(toServer, 1 << 16),
                new PipedOutputStream(fromServer));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void itSaysWhatItIsAndHowItIsUsed() throws IOException {
        JsonNode result = initialize();

        assertThat(result.at("/serverInfo/name").asText()).isEqualTo("synapse-workspace");
        assertThat(result.at("/instructions").asText()).contains("if_version");
        assertThat(result.at("/capabilities/tools").isObject()).isTrue();
    }

    @Test
    void itListsTheToolsWithTheirSchemas() throws IOException {
        initialize();

        JsonNode tools = ask("{'jsonrpc':'2.0','id':1,'method':'tools/list'}").get("tools");

        List<String> names = new ArrayList<>();
        tools.forEach(each -> names.add(each.get("name").asText()));
        assertThat(names).containsExactly("execute", "read", "write", "edit", "delete", "ls", "grep", "glob");
        JsonNode edit = tools.get(3);
        assertThat(edit.at("/inputSchema/required")).hasToString("[\"file_path\",\"old_string\",\"new_string\"]");
        assertThat(edit.at("/inputSchema/properties/replace_all/type").asText()).isEqualTo("boolean");
        assertThat(edit.at("/annotations/readOnlyHint").asBoolean(true)).isFalse();
    }

    @Test
    void aResultIsTextAndStructuredContent() throws IOException {
        initialize();

        JsonNode result = call("read", "{'file_path':'/a.txt'}");

        assertThat(result.get("isError").asBoolean(true)).isFalse();
        assertThat(result.at("/content/0/text").asText()).endsWith("]\na");
        assertThat(result.at("/structuredContent/file_data/content").asText()).isEqualTo("a");
        assertThat(result.at("/structuredContent/version").asText()).isEqualTo(MemoryAgent.version("a"));
    }

    @Test
    void whatFailsIsAResultToo() throws IOException {
        initialize();

        JsonNode failed = call("read", "{'file_path':'/b.txt'}");
        assertThat(failed.get("isError").asBoolean()).isTrue();
        assertThat(failed.at("/structuredContent/error").asText()).isEqualTo("File '/b.txt': file_not_found");
        assertThat(call("read", "{}").at("/content/0/text").asText())
                .isEqualTo("Error: the parameter file_path is missing");
        assertThat(call("execute", "{'command':'lose'}").at("/content/0/text").asText())
                .isEqualTo("Error: the container does not run any more");
    }

    @Test
    void theEndOfTheInputIsItsEnd() throws Exception {
        initialize();

        toServer.close();

        server.awaitEnd();
    }

    @Test
    void aMessageThatIsNoJsonIsItsEnd() throws Exception {
        writer.println("hello");

        server.awaitEnd();
    }

    private JsonNode initialize() throws IOException {
        JsonNode result = ask(INITIALIZE);
        writer.println("{'jsonrpc':'2.0','method':'notifications/initialized'}".replace('\'', '"'));
        return result;
    }

    private JsonNode call(String tool, String arguments) throws IOException {
        return ask("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'" + tool + "','arguments':"
                + arguments + "}}");
    }

    private JsonNode ask(String message) throws IOException {
        writer.println(message.replace('\'', '"'));
        return JSON.readTree(reader.readLine()).get("result");
    }
}
