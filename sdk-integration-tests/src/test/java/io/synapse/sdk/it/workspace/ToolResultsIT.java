package io.synapse.sdk.it.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.ToolResult;
import io.synapse.sdk.workspace.ToolResults;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WriteCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The values of wire/workspace.md, section 2, on a real engine. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class ToolResultsIT {
    private static Workspace workspace;

    private String folder;
    private ToolResults tools;

    @BeforeAll
    static void open(DockerEngine engine) throws IOException {
        workspace = start(engine);
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    private static Workspace start(DockerEngine engine) throws IOException {
        return DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .open();
    }

    @BeforeEach
    void agent(TestInfo test) {
        WorkspaceAgent agent =
                workspace.agent(test.getTestMethod().orElseThrow().getName());
        folder = agent.folder();
        tools = agent.toolResults();
    }

    @Test
    void commands() {
        assertThat(tools.execute("echo out; echo err >&2; exit 3").fields())
                .isEqualTo(Map.of("output", "out\nerr\n", "exit_code", 3, "truncated", false));
        assertThat(tools.execute("echo begin; sleep 60", 1))
                .isEqualTo(new ToolResult.Execute("begin\n", 124, false, null));
        ToolResult.Execute command = tools.execute("nothing-of-that-name");
        assertThat(command.exitCode()).isEqualTo(127);
        assertThat(command.error()).isNull();
    }

    @Test
    void changes() {
        String path = folder + "/new/folder/a b.txt";

        ToolResult.Write written = tools.write(path, "one\n", WriteCondition.ifAbsent());
        assertThat(written.fields()).hasToString("{error=null, path=" + path + "}");
        assertThat(tools.write(path, "two\n", WriteCondition.ifAbsent()).error())
                .contains("already exists");
        ToolResult.Edit edited =
                tools.edit(path, "one", "two", false, WriteCondition.ifVersion(String.valueOf(written.version())));
        assertThat(edited.fields()).hasToString("{error=null, path=" + path + ", occurrences=1}");
        assertThat(tools.write(path, "three\n", WriteCondition.ifVersion(String.valueOf(written.version())))
                        .error())
                .contains("Current version: " + edited.version());
        assertThat(tools.delete(folder + "/new")).isEqualTo(new ToolResult.Delete(null, folder + "/new"));
        assertThat(tools.delete(folder + "/new").error()).isEqualTo("Error: '" + folder + "/new' not found");
    }

    @Test
    void searches() {
        tools.write(folder + "/b.py", "x = 1\ny = (x | 2)\n");
        tools.write(folder + "/sub/a.py", "x\n");

        List<?> entries = (List<?>) tools.ls(folder).fields().get("entries");
        assertThat(entries)
                .extracting(each -> ((Map<?, ?>) each).get("path"), each -> ((Map<?, ?>) each).get("is_dir"))
                .contains(tuple(folder + "/b.py", false), tuple(folder + "/sub", true));
        assertThat(tools.grep("(x | 2)").fields())
                .hasToString("{error=null, matches=[{path=" + folder + "/b.py, line=2, text=y = (x | 2)}],"
                        + " truncated=false}");
        assertThat(tools.grep("x", folder, "*.py", 1).truncated()).isTrue();
        assertThat(tools.glob("*.py").matches()).containsExactly(folder + "/b.py", folder + "/sub/a.py");
        assertThat(tools.glob("/*.py", folder).matches()).containsExactly(folder + "/b.py");
    }

    @Test
    void whatIsNotThere() {
        String path = folder + "/nothing";

        assertThat(tools.read(path).error()).isEqualTo("File '" + path + "': file_not_found");
        assertThat(tools.read(folder).error()).isEqualTo("File '" + folder + "': not_a_file");
        assertThat(tools.edit(path, "a", "b").error()).isEqualTo("Error: File '" + path + "' not found");
        assertThat(tools.ls(path).error()).isEqualTo("Path '" + path + "': path_not_found");
        assertThat(tools.grep("a", path, null, null).error()).isEqualTo("Path '" + path + "': path_not_found");
        assertThat(tools.glob("*", path).error()).isEqualTo("Path '" + path + "': path_not_found");
        assertThat(tools.ls("../x").error()).startsWith("Path '../x': a path cannot have ..");
        assertThat(tools.write("/etc/x", "").error()).contains("outside the workspace");
    }

    @Test
    void whatAnotherAgentHas() {
        String path = folder + "/secret";
        tools.write(path, "x");
        ToolResults other = workspace.agent("other").toolResults();

        assertThat(other.read(path).error()).isEqualTo("File '" + path + "': permission_denied");
        assertThat(other.edit(path, "x", "y").error())
                .isEqualTo("Error: Permission denied editing file '" + path + "'");
        assertThat(other.ls(folder).error()).isEqualTo("Path '" + folder + "': permission_denied");
        assertThat(other.delete(path).error()).startsWith("Error deleting file '" + path + "': ");
        assertThat(other.downloadFiles(List.of(path)))
                .containsExactly(new ToolResult.Download(path, Optional.empty(), "permission_denied"));
    }

    @Test
    void transfers() {
        byte[] bytes = "Roundtrip:\n\t\r\0".getBytes(StandardCharsets.UTF_8);

        assertThat(tools.uploadFiles(List.of(
                        FileUpload.of(folder + "/deep/a.bin", bytes),
                        FileUpload.of("relative", bytes),
                        FileUpload.of(folder + "/../x", bytes),
                        FileUpload.of(folder + "/deep", bytes))))
                .extracting(ToolResult.Upload::error)
                .containsExactly(null, "invalid_path", "invalid_path", "is_directory");
        assertThat(tools.downloadFiles(List.of(folder + "/deep/a.bin", folder + "/nothing", folder, "x")))
                .extracting(each -> each.content().map(String::new).orElse(each.error()))
                .containsExactly(new String(bytes), "file_not_found", "is_directory", "invalid_path");
    }

    @Test
    void aContainerThatIsGoneIsNothingForAModel(DockerEngine engine) throws IOException {
        try (Workspace lost = start(engine)) {
            ToolResults agent = lost.agent("a").toolResults();
            agent.write("x", "x");
            engine.docker("kill", lost.id());

            assertThatThrownBy(() -> agent.read("x")).isInstanceOf(WorkspaceLostException.class);
        }
    }
}
