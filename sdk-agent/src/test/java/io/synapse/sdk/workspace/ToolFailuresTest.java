package io.synapse.sdk.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of wire/workspace.md, section 2, for what goes wrong. */
class ToolFailuresTest {
    private static final String PATH = "/f";
    private static final String VERSION = "0123456789abcdef".repeat(4);

    private final AgentStub agent = new AgentStub();
    private final ToolResults tools = agent.toolResults();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_FOUND | File '/f': file_not_found",
                "PERMISSION_DENIED | File '/f': permission_denied",
                "IS_DIRECTORY | File '/f': not_a_file",
                "NOT_A_FILE | File '/f': not_a_file",
                "TOO_LARGE | File '/f': Binary file exceeds maximum preview size of 512000 bytes",
                "PAST_END | File '/f': as the workspace says",
                "OUTSIDE_WORKSPACE | File '/f': as the workspace says"
            })
    void ofRead(Reason reason, String error) {
        agent.failing(failure(reason));

        assertThat(tools.read(PATH)).isEqualTo(new ToolResult.Read(error, null, null, null, null, null, false, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_FOUND | Error: File '/f' not found",
                "PERMISSION_DENIED | Error: Permission denied editing file '/f'",
                "IS_DIRECTORY | Error: '/f' is not a regular file",
                "NOT_A_FILE | Error: '/f' is not a regular file",
                "NOT_TEXT | Error: File '/f' is not a text file",
                "NO_MATCH | Error: String not found in file: 'old' (as the workspace says)",
                "SEVERAL_MATCHES | Error: String 'old' appears multiple times. Use replace_all=True to replace all"
                        + " occurrences. (as the workspace says)",
                "TOO_LARGE | Error editing file '/f': as the workspace says"
            })
    void ofEdit(Reason reason, String error) {
        agent.failing(failure(reason));

        assertThat(tools.edit(PATH, "old", "new")).isEqualTo(new ToolResult.Edit(error, null, null, null));
    }

    @Test
    void aLongTextIsQuotedInPart() {
        agent.failing(failure(Reason.NO_MATCH));

        assertThat(tools.edit(PATH, "x".repeat(1_000_000), "new").error())
                .contains("'" + "x".repeat(500) + "…'")
                .hasSizeLessThan(600);
        assertThat(tools.edit(PATH, "x".repeat(499) + "😀", "new").error()).contains("x…'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_FOUND | Error: '/f' not found",
                "PERMISSION_DENIED | Error deleting file '/f': as the workspace says",
                "OTHER | Error deleting file '/f': as the workspace says"
            })
    void ofDelete(Reason reason, String error) {
        agent.failing(failure(reason));

        assertThat(tools.delete(PATH)).isEqualTo(new ToolResult.Delete(error, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_FOUND | Path '/f': path_not_found",
                "NOT_A_DIRECTORY | Path '/f': not_a_directory",
                "PERMISSION_DENIED | Path '/f': permission_denied",
                "OTHER | Path '/f': as the workspace says"
            })
    void ofLsGrepAndGlob(Reason reason, String error) {
        agent.failing(failure(reason));

        assertThat(tools.ls(PATH)).isEqualTo(new ToolResult.Ls(error, null));
        assertThat(tools.grep("a", PATH, null, null)).isEqualTo(new ToolResult.Grep(error, null, false));
        assertThat(tools.glob("*", PATH)).isEqualTo(new ToolResult.Glob(error, null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, file_not_found",
        "PERMISSION_DENIED, permission_denied",
        "OUTSIDE_WORKSPACE, permission_denied",
        "IS_DIRECTORY, is_directory",
        "NOT_A_DIRECTORY, invalid_path",
        "NO_SPACE, as the workspace says"
    })
    void ofTransfers(Reason reason, String error) {
        agent.failing(failure(reason));

        assertThat(errorsOfTransfers()).containsOnly(error);
    }

    @Test
    void anInvalidPathIsOneOfTransfersToo() {
        agent.failing(BadRequestException.refused("a path cannot have .. as a part: /../f"));

        assertThat(errorsOfTransfers()).containsOnly("invalid_path");
    }

    @Test
    void aConflictTellsWhatAModelMustKnow() {
        agent.failing(new WriteConflictException("/f was changed", VERSION, "-a\n+b"));

        assertThat(tools.write(PATH, "c", WriteCondition.ifVersion("f".repeat(64))))
                .isEqualTo(new ToolResult.Write(
                        "Error: Failed to write file '/f': /f was changed\nCurrent version: " + VERSION
                                + "\nChanges:\n-a\n+b",
                        null,
                        null));
    }

    @Test
    void aConflictWithoutAFileTellsThat() {
        agent.failing(new WriteConflictException("there is no /f", null, null));

        assertThat(tools.edit(PATH, "a", "b").error()).isEqualTo("Error editing file '/f': there is no /f");
    }

    private List<String> errorsOfTransfers() {
        return List.of(
                Objects.requireNonNull(tools.uploadFiles(List.of(FileUpload.of(PATH, new byte[0])))
                        .get(0)
                        .error()),
                Objects.requireNonNull(tools.downloadFiles(List.of(PATH)).get(0).error()));
    }

    private static ClientException failure(Reason reason) {
        return new WorkspaceException(reason, "as the workspace says");
    }
}
