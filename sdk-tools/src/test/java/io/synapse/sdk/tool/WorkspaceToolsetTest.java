package io.synapse.sdk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.workspace.WorkspaceLostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools take and answer, whatever the framework. */
class WorkspaceToolsetTest {
    private static final String FILE = "/workspace/shared/a.txt";
    private static final String VERSION = MemoryAgent.version("a");

    private final MemoryAgent agent = new MemoryAgent().with(FILE, "a");
    private final WorkspaceToolset toolset = WorkspaceToolset.of(agent);

    @Test
    void theToolsAreThoseOfTheProtocol() {
        assertThat(toolset.tools())
                .extracting(Tool::name)
                .containsExactly("execute", "read", "write", "edit", "delete", "ls", "grep", "glob");
        assertThat(toolset.tools())
                .filteredOn(Tool::isReadOnly)
                .extracting(Tool::name)
                .containsExactly("read", "ls", "grep", "glob");
    }

    @Test
    void aModelIsToldOfFoldersAndVersions() {
        assertThat(toolset.instructions()).contains("/workspace/research", "/workspace/shared", "if_version");
        assertThat(tool("write").description())
                .contains("if_version", "if_absent")
                .doesNotContain("\n");
        assertThat(tool("read").description()).contains("version");
    }

    @Test
    void theSchemaHasTypesDescriptionsAndWhatIsRequired() {
        assertThat(tool("delete").schema())
                .hasToString("{type=object, properties={file_path="
                        + tool("delete")
                                .schema()
                                .get("properties")
                                .toString()
                                .split("file_path=")[1]
                                .split(", if_v")[0]
                        + ", if_version="
                        + Map.of(
                                "type",
                                "string",
                                "description",
                                tool("delete").parameters().get(1).description())
                        + "}, required=[file_path], additionalProperties=false}");
        assertThat(tool("edit").requiredNames()).containsExactly("file_path", "old_string", "new_string");
        assertThat(tool("execute").parameters())
                .extracting(each -> each.kind().schemaType())
                .containsExactly("string", "integer");
    }

    @Test
    void aCommandIsItsOutputAndItsExitCode() {
        assertThat(call("execute", "command", "make", "timeout", 5).text())
                .isEqualTo("make within PT5S\n[exit code 0]");
        ToolAnswer failed = call("execute", "command", "false");
        assertThat(failed.text()).isEqualTo("false within null\n[exit code 1]");
        assertThat(failed.isError()).isFalse();
        assertThat(failed.content()).containsEntry("exit_code", 1);
    }

    @Test
    void aTimeLimitHasABound() {
        assertThat(call("execute", "command", "make", "timeout", 3_601))
                .isEqualTo(ToolAnswer.error("Error: the timeout can be 3600 s at most, not 3601"));
        assertThat(call("execute", "command", "make", "timeout", -1).text())
                .startsWith("Error: a time limit cannot be negative");
        assertThat(call("execute", "command", "make", "timeout", 0).text()).startsWith("make within PT0S");
    }

    @Test
    void aWindowBeginsWithWhatItIs() {
        assertThat(call("read", "file_path", FILE, "offset", 2, "limit", 1).text())
                .isEqualTo("[" + FILE + ", lines 3 to 3 of 9; continue with offset 3; version " + VERSION + "]\na");
        assertThat(call("read", "file_path", FILE).content())
                .containsEntry("version", VERSION)
                .containsEntry("start_line", 1L);
        assertThat(call("read", "file_path", FILE, "limit", 0).text()).contains("no lines asked for");
        agent.with("x.bin", "AAEC");
        assertThat(call("read", "file_path", "x.bin").text()).startsWith("[x.bin, a binary file in base64; version ");
        assertThat(call("read", "file_path", "/nothing").text()).isEqualTo("File '/nothing': file_not_found");
    }

    @Test
    void whatIsReadCanBeWrittenUnlessAnotherWasFaster() {
        ToolAnswer written = call("write", "file_path", FILE, "content", "b", "if_version", VERSION);
        ToolAnswer conflict = call("write", "file_path", FILE, "content", "c", "if_version", VERSION);

        assertThat(written.text()).isEqualTo("Written: " + FILE + ", version " + MemoryAgent.version("b"));
        assertThat(written.content()).containsEntry("version", MemoryAgent.version("b"));
        assertThat(conflict.isError()).isTrue();
        assertThat(conflict.text()).contains("was changed", "Current version: " + MemoryAgent.version("b"), "+b");
    }

    @Test
    void aFileCanBeWrittenOnlyIfItIsNew() {
        assertThat(call("write", "file_path", FILE, "content", "b", "if_absent", true)
                        .text())
                .contains("already exists");
        assertThat(call("write", "file_path", "/workspace/new", "content", "", "if_absent", "true")
                        .isError())
                .isFalse();
        assertThat(call("write", "file_path", FILE, "content", "b", "if_absent", true, "if_version", VERSION)
                        .text())
                .isEqualTo("Error: a file cannot have a version and be absent: give one of if_version and if_absent");
        assertThat(call("write", "file_path", FILE, "content", "b", "if_version", "v1")
                        .text())
                .isEqualTo("Error: this is no version of a file: v1");
    }

    @Test
    void anEditTellsHowOftenItReplaced() {
        ToolAnswer answer = call("edit", "file_path", FILE, "old_string", "a", "new_string", "", "replace_all", true);

        assertThat(answer.text()).isEqualTo("Edited: " + FILE + ", replaced 2, version " + MemoryAgent.version(""));
        assertThat(call("edit", "file_path", "/nothing", "old_string", "a", "new_string", "b")
                        .text())
                .isEqualTo("Error: File '/nothing' not found");
    }

    @Test
    void aDeleteTellsWhatIsGone() {
        assertThat(call("delete", "file_path", FILE).text()).isEqualTo("Deleted: " + FILE);
        assertThat(call("delete", "file_path", FILE).text()).isEqualTo("Error: '" + FILE + "' not found");
    }

    @Test
    void whatIsFoundIsALineEach() {
        assertThat(call("ls").text()).isEqualTo(FILE + "\t1\t1970-01-01T00:00:00Z");
        assertThat(call("glob", "pattern", "*").text()).isEqualTo(FILE);
        assertThat(call("grep", "pattern", "x", "path", "", "glob", "*.txt").text())
                .startsWith(FILE + ":1:")
                .contains("1000", "*.txt");
        agent.with("/workspace/folder", "");
        assertThat(call("ls", "path", "/workspace").text()).startsWith("/workspace/folder/\t1\t");
        assertThat(call("glob", "pattern", "*").text()).endsWith("\n[there may be more: narrow the search]");
        assertThat(WorkspaceToolset.of(new MemoryAgent()).call("ls", Map.of()).text())
                .isEqualTo("[nothing]");
        assertThat(call("glob", "pattern", "*", "max_count", 1).isError()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "7 | PT7S",
                "7.0 | PT7S",
                "null | null",
                "'' | null",
                "1.5 | Error: the parameter timeout must be a whole number, not 1.5",
                "soon | Error: the parameter timeout must be a whole number, not soon",
                "1e999999999 | Error: the parameter timeout must be a whole number, not 1e999999999"
            })
    void aNumberMayComeAsText(String given, String outcome) {
        assertThat(call("execute", "command", "make", "timeout", given).text()).contains(String.valueOf(outcome));
    }

    @Test
    void argumentsThatAreNotThoseOfTheToolAreErrors() {
        assertThat(call("read").text()).isEqualTo("Error: the parameter file_path is missing");
        assertThat(call("read", "file_path", List.of()).text())
                .isEqualTo("Error: the parameter file_path must be text, not []");
        assertThat(call("read", "path", FILE).text())
                .isEqualTo("Error: there is no parameter path, but file_path, offset, limit");
        assertThat(call("edit", "file_path", FILE, "old_string", "a", "new_string", "b", "replace_all", 1)
                        .text())
                .isEqualTo("Error: the parameter replace_all must be true or false, not 1");
        assertThat(call("run").text()).startsWith("Error: there is no tool run, but execute, read,");
        assertThat(call("run").isError()).isTrue();
    }

    @Test
    void whatAModelCannotRepairIsThrown() {
        assertThatThrownBy(() -> call("execute", "command", "lose")).isInstanceOf(WorkspaceLostException.class);
    }

    private Tool tool(String name) {
        return toolset.tools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ToolAnswer call(String name, Object... arguments) {
        Map<String, Object> values = new HashMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            values.put((String) arguments[index], arguments[index + 1]);
        }
        return toolset.call(name, values);
    }
}
